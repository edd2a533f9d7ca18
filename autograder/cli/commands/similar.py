"""`autograder similar`: which submissions to read side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.handin.submissions import HandedIn
    from autograder.similar.texts import Written

# pairs and names in the terminal; the page has them all
_TOLD = 10


@click.command("similar")
@click.argument("assignment")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Folder for the page.")
@click.option("--share", default=0.6, show_default=True, help="Show pairs from this share on, above 0 and at most 1.")
@click.option("--layout", default="auto", show_default=True, help="As for `grade`: whose download it is.")
def command(assignment: str, submissions: Path, output: Path, share: float, layout: str) -> int:
    """Finds pairs of SUBMISSIONS that share code, and writes a page with their lines side by side.

    It costs nobody a mark: a person reads the page. What the starter of ASSIGNMENT holds is discounted, and what many
    wrote alike. It reads scripts, notebooks and archives, runs none of them, and needs an extra:
    pip install 'tfkit-autograder[similar]'

    \b
    Example: autograder similar 04_tape_net handed_in/ --output grades/04
    """
    from rich.text import Text

    from autograder.assignment.definition import find_assignment
    from autograder.cli.console import output as screen
    from autograder.cli.console import print_handed_in
    from autograder.cli.progress import progress
    from autograder.handin.submissions import find_submissions
    from autograder.similar.comparing import compare
    from autograder.similar.page import write_page
    from autograder.similar.texts import starters
    from autograder.text import counted, one_line

    if not 0 < share <= 1:
        raise UsageError(f"expected --share above 0 and at most 1, such as 0.6; received {share:g}")
    found = find_assignment(assignment)
    handed_in = find_submissions(submissions, found.submission, layout, starter=found.starter())
    print_handed_in(handed_in, None)
    texts, unread = _texts(handed_in)
    if len(texts) < 2:
        raise UsageError(f"expected two submissions that can be read, {submissions} has {len(texts)}")
    with progress(len(texts), "comparing") as advance:
        comparison = compare(texts, starters(found), share, advance)
    path = output / "similar.html"
    try:
        write_page(comparison, found.title, share, path, unread)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}; choose another --output") from None
    for pair in comparison.pairs[:_TOLD]:
        names = f"{one_line(pair.first.name)} and {one_line(pair.second.name)}"
        screen().print(Text(f"{100 * pair.share:3.0f} %  {names}"), soft_wrap=True)
    pairs = counted(comparison.found, "pair")
    screen().print(
        f"{pairs} from {100 * share:.0f} % on, of {comparison.compared} submissions compared; no mark is touched",
        soft_wrap=True,
    )
    if comparison.short:
        verb = "has" if len(comparison.short) == 1 else "have"
        screen().print(f"{len(comparison.short)} {verb} too little code of their own to be compared", soft_wrap=True)
    if unread:
        more = f" and {len(unread) - _TOLD} more; the page names all" if len(unread) > _TOLD else ""
        named = "; ".join(map(one_line, unread[:_TOLD]))
        screen().print(Text(f"{len(unread)} could not be read: {named}{more}"), soft_wrap=True)
    screen().print(f"page  {path}", soft_wrap=True)
    return 0


def _texts(handed_in: HandedIn) -> tuple[list[Written], list[str]]:
    """What was handed in, and whose cannot be read. An archive is opened in the sandbox, as when it is graded."""
    from autograder.handin.unpacking import unpacking
    from autograder.similar.texts import Written
    from autograder.text import name_key

    texts = []
    unread = []
    with unpacking(one.path.name for one in handed_in.submissions) as unpack:
        for one in handed_in.submissions:
            reading = one.read(unpack)
            name = one.someone.full_name or one.someone.name or one.student
            if reading.text is None:
                unread.append(name)
            else:
                texts.append(Written.of(one.student, name, reading.text))
    return texts, sorted(unread, key=name_key)
