"""`autograder new`: a small assignment that is complete, to be changed into another."""

from __future__ import annotations

import os
from pathlib import Path

import click

from autograder.errors import UsageError

_WHAT = {
    "solution.py": "the answers, with the text around them: starter and notebook are made of it",
    "problems.py": "the inputs of the tests, in several sizes",
    "test_public.py": "what a student's check runs",
    "test_hidden.py": "what is graded besides, and stays with you",
    "operators.py": "mistakes that this assignment invites",
    "hints.toml": "three hints a question",
    "assignment.toml": "settings",
    "README.md": "the hand-out",
}
_WHAT_IN = {"rewrites": "a right answer, written otherwise", "mistakes": "wrong answers, each with its cause"}


@click.command("new")
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@click.option(
    "--framework",
    default="numpy",
    show_default=True,
    metavar="numpy|tensorflow|keras",
    help="What it is solved with: by hand, on a gradient tape, or with Keras models.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Your folder of assignments.  [default: $AUTOGRADER_ASSIGNMENTS, or ./assignments]",
)
def command(words: tuple[str, ...], framework: str, output: Path | None) -> int:
    """Writes a new assignment NAME: a small one that is complete, with every file to be changed into yours.

    It has one question, its fixtures, public and hidden tests, hints, a hand-out, a right answer written otherwise
    and two wrong ones. It builds and passes its audit as it stands. NAME is a number of two digits and words, such as
    13_k_means. What is there already is never written over.

    \b
    Example: autograder new 13_k_means
             autograder new 14_attention --framework keras
    """
    from autograder.assignment.definition import known_folders
    from autograder.authoring.skeleton import FRAMEWORKS, GUIDE, checked_name, write_skeleton
    from autograder.cli.console import output as screen
    from autograder.errors import did_you_mean

    if framework not in FRAMEWORKS:
        raise UsageError(f"there is no framework {framework!r}; {did_you_mean(framework, FRAMEWORKS)}")
    # a name with spaces in it is one name, and told how it is written
    name = " ".join(words)
    root = output if output is not None else _root()
    if root.exists() and not root.is_dir():
        raise UsageError(f"expected a folder of assignments, {root} is a file; name another: --output FOLDER")
    beside = {path.name for path in root.glob("*/") if path.name[:2].isdigit()} if root.is_dir() else set()
    # a folder of this very name is told as one that is there
    checked_name(name, {*known_folders(), *beside} - ({name} if (root / name).exists() else set()))
    for path in write_skeleton(name, framework, root):
        what = _WHAT.get(path.name, _WHAT_IN.get(path.parent.name))
        screen().print(f"{path}  {what or ''}".rstrip(), markup=False, soft_wrap=True)
    # where it is not found by its name, its path says which it is
    asked = name if known_folders().get(name) else root / name
    screen().print(f"It is complete. Change it file by file, and then: autograder build {asked}", markup=False)
    screen().print(f"How: {GUIDE}, and REFERENCE.md beside it", markup=False, soft_wrap=True)
    return 0


def _root() -> Path:
    """The folder of assignments: the one that is named, this one where it is one, or `assignments` in this one."""
    named = os.environ.get("AUTOGRADER_ASSIGNMENTS")
    if named:
        return Path(named)
    here = Path("assignments")
    is_one = Path.cwd().name == "assignments" or any(Path().glob("*/assignment.toml"))
    return Path() if is_one and not here.is_dir() else here
