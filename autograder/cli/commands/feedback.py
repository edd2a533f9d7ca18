"""`autograder feedback`: a page for each student, to hand back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.cli.gradebooks import Book
    from autograder.facts.result import Result
    from autograder.handin.sources import Source


@click.command("feedback")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--layout",
    type=click.Choice(["moodle", "canvas", "plain"]),
    default="plain",
    show_default=True,
    help="The platform that takes the archive.",
)
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="FILE.zip", help="The archive.")
@click.option("--public-only", "public", is_flag=True, help="Tell nothing that a hidden test has found.")
@click.option(
    "--submissions",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder that was graded, for each student's own code; without it pages have none.",
)
@click.option(
    "--comments",
    type=click.Path(path_type=Path),
    metavar="FILE.toml",
    help="What the marker says to whom.  [default: comments.toml in FOLDER]",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="moodle: the grading worksheet, for numbers of participants that the download did not tell.",
)
def command(
    folder: Path,
    layout: str,
    output: Path,
    public: bool,
    submissions: Path | None,
    comments: Path | None,
    into: Path | None,
) -> int:
    """Packs a page for each student of FOLDER, which `autograder grade --output` wrote, to be handed back.

    A page has the mark and why it is that, each question with what is wrong, the student's own code with these places
    marked, and what the marker says. It holds no number of a hidden test and no link to anybody else.

    comments.toml: a line NAME = "text" for a student, or below [NAME] lines "03.5" = "text" and all = "text".

    In Moodle: Grading action, Upload multiple feedback files in a zip. In Canvas: Upload Submissions.

    Exit status: 0 done, 1 some students have no place on the platform, 2 nothing is written.

    \b
    Example: autograder feedback grades/04 --submissions handed_in/ --output feedback.zip
             autograder feedback grades/04 --submissions handed_in/ --layout moodle --public-only --output moodle.zip
    """
    from autograder.cli.console import output as screen
    from autograder.cli.gradebooks import read_gradebook
    from autograder.cli.outputs import check_output, write_output
    from autograder.exporting.feedback.comments import FILE, read_comments
    from autograder.exporting.feedback.packing import check_layout, feedback_of, gets_page
    from autograder.exporting.feedback.page import Told
    from autograder.exporting.feedback.public import knows_parts
    from autograder.exporting.outcome import Outcome
    from autograder.text import counted, visible

    check_output(output, ".zip")
    check_layout(layout, into)
    if submissions is not None and not submissions.is_dir():
        raise UsageError(f"expected the folder that was graded as --submissions, {submissions} is none")
    book = read_gradebook(folder)
    if public and not all(knows_parts(one) for one in book.results if gets_page(one)):
        raise UsageError(
            f"{book.path} was written by a program that did not keep which tests are hidden; grade again with --fresh, "
            "or leave --public-only out"
        )
    path = comments or (folder / FILE if (folder / FILE).exists() else None)
    said = read_comments(path, book.results) if path is not None else {}
    without_code: list[tuple[str, str]] = []
    with _code(book, submissions, without_code) as code:
        outcome = feedback_of(book.results, Told(book.title, book.functions, public), layout, code, said, into)
    if not outcome.written:
        reasons = dict.fromkeys(why for _, why in (*outcome.left, *outcome.unplaced))
        raise UsageError(f"there is no page to write: {'; '.join(reasons)}")
    write_output(output, outcome.content)
    lines = [*outcome.lines("no page"), *Outcome({}, left=without_code).lines("no code on the page")]
    if submissions is None:
        lines.append("the pages have no code; name the folder that was graded: --submissions FOLDER")
    if layout == "canvas":
        lines.append("Canvas shows each page under the name of the file that was handed in")
    for line in (*lines, f"{output}: {counted(outcome.written, 'page')}"):
        screen().print(visible(line), markup=False, soft_wrap=True)
    return 1 if outcome.unplaced else 0


@contextmanager
def _code(
    book: Book, submissions: Path | None, without: list[tuple[str, str]]
) -> Iterator[Callable[[Result], tuple[Source | None, str]]]:
    """Gives the code that was graded; who has none, and why, is added to a list."""
    from autograder.cli.gradebooks import opened
    from autograder.exporting.feedback.code import GradedCode
    from autograder.handin.unpacking import unpacking
    from autograder.text import one_line

    if submissions is None:
        yield lambda result: (None, "the folder of submissions was not at hand when this page was made")
        return
    with opened(book.path.parent) as gradebook:
        prints = gradebook.prints
    with unpacking(one.file for one in book.results) as unpack:
        found = GradedCode(submissions, prints, book.submission, unpack, book.starter)

        def code(result: Result) -> tuple[Source | None, str]:
            source, why = found.of(result)
            if source is None:
                without.append((one_line(result.shown_name), why))
            return source, why

        yield code
