"""A new assignment: a small one that is complete and right, to be changed into another.

The files of `skeletons/` are an assignment as it stands, numbered 00 and called `00_name` with the title `TITLE`.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import UsageError

_SKELETONS = Path(__file__).with_name("skeletons")
GUIDE = Path(__file__).with_name("GUIDE.md")
FRAMEWORKS = tuple(sorted(path.name for path in _SKELETONS.iterdir() if path.is_dir()))
_NAME = re.compile(r"\d\d_[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_HIGHEST = 99


def checked_name(name: str, known: Iterable[str]) -> str:
    """A name that an assignment can have: a number that is free, an underscore, and words.

    Args:
        name: What was asked for.
        known: Names of the assignments that there are.

    Raises:
        UsageError: When it is none, or its number is taken; a name that can be had is offered.

    Example:

    >>> checked_name("13_k_means", ["01_computation_graphs"])
    '13_k_means'
    """
    taken = {other[:2]: other for other in known}
    last = max((int(number) for number in taken if number.isdigit()), default=0)
    following = (*range(last + 1, _HIGHEST + 1), *range(1, last))
    free = [f"{number:02}" for number in following if f"{number:02}" not in taken]
    if not _NAME.fullmatch(name):
        digits, words = re.match(r"\s*(\d*)(.*)", name, re.DOTALL).groups()  # type: ignore[union-attr]
        slug = "_".join(re.findall("[a-z][a-z0-9]*", words.lower())) or "my_topic"
        number = digits.zfill(2) if digits.zfill(2) in free else (free or ["99"])[0]
        raise UsageError(
            f"expected two digits, an underscore, and small letters, digits or underscores, received {name!r}; "
            f"such as: autograder new {number}_{slug}"
        )
    if name[:2] in taken:
        rest = f"; such as: autograder new {free[0]}{name[2:]}" if free else ""
        raise UsageError(f"the number {name[:2]} is taken, by {taken[name[:2]]}{rest}")
    return name


def skeleton(name: str, framework: str) -> dict[str, str]:
    """The files of a new assignment by their path in its folder.

    Args:
        name: Its name, such as `13_k_means`.
        framework: One of `FRAMEWORKS`.

    Example:

    >>> skeleton("13_k_means", "numpy")["README.md"].partition(chr(10))[0]
    '# 13 · K means'
    """
    number, _, words = name.partition("_")
    title = words.replace("_", " ").capitalize()

    def named(text: str) -> str:
        text = text.replace("00_name", name).replace("TITLE", title)
        return re.sub(r"\b00\b", number, text)

    folder = _SKELETONS / framework
    # what Python has compiled meanwhile is no part of it
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    return {named(path.relative_to(folder).as_posix()): named(path.read_text("utf-8")) for path in paths}


def write_skeleton(name: str, framework: str, root: Path) -> dict[Path, str]:
    """Writes the files of a new assignment, all of them or none; gives their paths and texts.

    Args:
        name: Its name, such as `13_k_means`.
        framework: One of `FRAMEWORKS`.
        root: The folder of assignments, which is made where there is none.

    Raises:
        UsageError: When something of that name is there already, or the folder cannot be written.
    """
    target = root / name
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} is there already, and stays as it is; choose another name")
    beside = root / f".{secrets.token_hex(8)}.tmp"
    files = skeleton(name, framework)
    try:
        for place, text in files.items():
            path = beside / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        beside.rename(target)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}; choose another place: --output FOLDER") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return {target / place: text for place, text in files.items()}
