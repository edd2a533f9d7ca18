"""Which assignment, file and questions a command is asked for: `check 03.5`, `check mine.ipynb`, `submit 04 my.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.definition import KIT, Assignment, find_assignment, find_question
from autograder.assignment.kit import demand_whole
from autograder.cli.belonging import find_named, last_saved, named_after, own_files
from autograder.errors import UsageError
from autograder.text import one_line

_ID = re.compile(r"\d{1,2}\.\d{1,3}")


@dataclass(frozen=True)
class Asked:
    """What a command is about.

    Attributes:
        assignment: The assignment.
        paths: The file that was named; else the script and the notebook, as far as they are there.
        questions: Ids; none for all of them.
        is_named: Whether the file was named.
        remarks: What is wrong with the kit, and costs no verdict.
    """

    assignment: Assignment
    paths: tuple[Path, ...]
    questions: tuple[str, ...]
    is_named: bool
    remarks: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The file, as it was named; of a script and a notebook the one that was saved last."""
        return last_saved([*self.paths])


def asked_for(command: str, assignment: str, words: Sequence[Path], questions: Sequence[str] = ()) -> Asked:
    """What the words behind a command mean.

    Args:
        command: What is asked, such as `check`, for the line that says how it is used.
        assignment: The first word: an assignment, a file, a folder, or the id of a question.
        words: The others: a file or a folder, and ids.
        questions: Ids that were given as options.

    Raises:
        UsageError: When there is no such assignment, file or question, the file is another assignment's, or the kit was
            changed.
    """
    file: Path | None = None
    assignment, *more = ids_of(assignment) or [assignment]
    words = [*map(Path, more), *(part for word in words for part in map(Path, ids_of(str(word)) or [str(word)]))]
    questions = [id for one in questions for id in ids_of(one) or [one]]
    if _ID.fullmatch(assignment) and not Path(assignment).exists():
        found = find_assignment(assignment.partition(".")[0])
        questions = (assignment, *questions)
    else:
        found, file = find_named(assignment)
    remarks = demand_whole(found)
    ids = [word for word in words if _ID.fullmatch(str(word)) and not word.exists()]
    wanted = tuple(find_question(str(id), str(found.folder))[1] for id in (*questions, *ids))
    files = [*([file] if file else []), *(word for word in words if word not in ids)]
    if len(files) > 1:
        raise UsageError(f"expected one file to {command}, received {', '.join(one_line(str(one)) for one in files)}")
    is_named = bool(files) and not files[0].is_dir()
    paths = files if is_named else own_or_of_kit(found, files[0] if files else Path())
    path = last_saved(paths) if paths else (files[0] if files else Path()) / found.submission
    if not path.is_file():
        shown = f"autograder {command} {one_line(assignment)} FILE"
        raise UsageError(f"there is no file {one_line(str(path))}; name yours: {shown}")
    of = named_after(path, found)
    if of is not None and of.folder != found.folder:
        shown = one_line(str(path))
        raise UsageError(f"{shown} is a file of {of.name}; {command} it by itself: autograder {command} {shown}")
    return Asked(found, tuple(paths), wanted, is_named, tuple(remarks))


def ids_of(word: str) -> list[str]:
    """The ids of a word, which may have commas between them; none where it is anything else.

    Example:

    >>> ids_of("03.5,03.6"), ids_of("03.5"), ids_of("03_numpy_net.py")
    (['03.5', '03.6'], ['03.5'], [])
    """
    parts = [part for part in word.replace(",", " ").split() if part]
    return parts if parts and all(map(_ID.fullmatch, parts)) and not Path(word).exists() else []


def own_or_of_kit(assignment: Assignment, folder: Path) -> list[Path]:
    """The script and the notebook in a folder, or else in the folder of the kit, as far as they are there."""
    kit = assignment.folder.parent.parent
    own = own_files(assignment, folder)
    if own or not (assignment.folder / KIT).is_file():
        return own
    # a path that is short to read, where there is one
    near = {folder.absolute(): folder, folder.absolute().parent: folder / ".."}
    return own_files(assignment, near[kit.parent] / kit.name if kit.parent in near else kit)
