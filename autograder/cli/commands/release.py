"""`autograder release`: the kit that students get, as one archive."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.errors import UsageError


@click.command("release")
@click.argument("assignment")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE.zip", help="The archive.  [default: NAME.zip]")
def command(assignment: str, output: Path | None) -> int:
    """Packs what students need of ASSIGNMENT: hand-out, starter, notebook, public tests and the bank of mistakes.

    The solution, the hidden tests and whatever else lies beside them stay here. Unpacked, and with this package
    installed, the kit checks itself: `autograder check 04_tape_net` inside its folder.

    \b
    Example: autograder release 04_tape_net
             autograder release 04 --output week4.zip
    """
    from autograder.assignment.definition import find_assignment
    from autograder.authoring.kit import files_of_kit, packed, with_record
    from autograder.authoring.lint.findings import Findings
    from autograder.authoring.lint.handout import look_at_handout
    from autograder.cli.console import output as screen
    from autograder.cli.findings import print_findings
    from autograder.files import write_atomic

    found, findings = find_assignment(assignment), Findings()
    path = output or Path()
    path = path / f"{found.name}.zip" if path.is_dir() else path
    if path.suffix.lower() != ".zip":
        raise UsageError(f"expected the name of an archive that ends with .zip, or a folder, received {path}")
    files = files_of_kit(found)
    content = packed(files)
    look_at_handout(found, findings)
    print_findings(findings.warnings, "warning: ")
    try:
        write_atomic(path, content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}; choose another place: --output FILE.zip") from None
    places = sorted(with_record(files))
    for place in places:
        screen().print(place, style="dim", markup=False, soft_wrap=True)
    told = f"{path}: {len(places)} files, {len(content) / 1000:,.0f} kB; no solution, no hidden test"
    screen().print(told, markup=False, soft_wrap=True)
    return 0
