"""`autograder doctor`: what this machine can isolate, which devices it has, which versions it runs."""

from __future__ import annotations

import click


@click.command("doctor")
def command() -> int:
    """Says what this machine can isolate, which devices it has, which versions it runs.

    \b
    Example: autograder doctor
    """
    from rich.table import Table

    from autograder.cli.console import console, output
    from autograder.cli.diagnostics import examine

    with console().status("trying everything once …"):
        findings = examine()
    table = Table(show_header=False, show_edge=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        sign = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]–[/]"}[finding.good]
        table.add_row(sign, finding.what, finding.text)
    output().print(table)
    return 2 if any(finding.good is False for finding in findings) else 0
