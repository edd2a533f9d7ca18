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
        offers = examine()
    table = Table(show_header=False, show_edge=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for offer in offers:
        sign = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]–[/]"}[offer.good]
        table.add_row(sign, offer.what, offer.text)
    output().print(table)
    return 2 if any(offer.good is False for offer in offers) else 0
