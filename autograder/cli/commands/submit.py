"""`autograder submit`: the archive to hand in, looked at as it will be graded."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli import options


@click.command("submit")
@click.argument("assignment")
@click.argument("words", nargs=-1, metavar="[FILE]", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.zip",
    help="Another name, or another folder, which is made.  [default: NAME-submission.zip, beside your file]",
)
@options.sandbox
def command(assignment: str, words: tuple[Path, ...], output: Path | None, sandbox: str) -> int:
    """Packs what you hand in of ASSIGNMENT: your script or notebook, under the name that is asked for.

    Where you have worked in both, name the one that counts. The archive is taken out again in a new process and an
    empty folder, as when it is graded, and its public tests are run: what is not begun, not right or does not load is
    told before anybody else sees it. A receipt with the SHA-256 is written beside it. What is there already is never
    written over. Nothing is sent: upload the archive where your course asks for it.

    \b
    Example: autograder submit 04
             autograder submit 04_tape_net.ipynb
             autograder submit 04 my_net.py --output handed_in/week4.zip
    """
    from autograder.cli.asked import asked_for
    from autograder.cli.submitting import submit
    from autograder.errors import UsageError

    asked = asked_for("submit", assignment, words)
    if asked.questions:
        raise UsageError(f"all questions are handed in together: autograder submit {asked.assignment.name}")
    submit(asked, output, sandbox)
    return 0
