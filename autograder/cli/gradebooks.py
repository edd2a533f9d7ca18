"""The gradebook in a folder that `autograder grade --output` wrote, for commands that read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.facts.result import Result
    from autograder.marks.changes import Change
    from autograder.records.gradebook import Gradebook
    from autograder.records.origin import Origin


@dataclass(frozen=True)
class Book:
    """What a gradebook says.

    Attributes:
        path: The file.
        assignment: The assignment's name.
        origin: What is kept of the assignment, or None.
        results: The rows.
        changes: The marks that are others by now than when the last run ended.
    """

    path: Path
    assignment: str
    origin: Origin | None
    results: Sequence[Result]
    changes: list[Change]

    @property
    def title(self) -> str:
        """The title of the assignment, or its name where no title is kept."""
        return self.origin.title if self.origin else self.assignment

    @property
    def titles(self) -> tuple[str, ...]:
        """What the assignment is called: its name, and its title."""
        return tuple(dict.fromkeys((self.assignment, self.title)))

    @cached_property
    def _assignment(self) -> Assignment | None:
        """The assignment as its folder is now; None where that is gone, or somebody else's."""
        from autograder.assignment.definition import Assignment

        try:
            return Assignment.load(self.origin.folder) if self.origin else None
        except UsageError:
            return None

    @property
    def submission(self) -> str:
        """The file name that the assignment asks for, or what it usually is where its folder is gone."""
        return self._assignment.submission if self._assignment else f"{self.assignment}.py"

    @property
    def starter(self) -> Path | None:
        """The script that students were given; None where its folder is gone."""
        return self._assignment.starter() if self._assignment else None

    @property
    def functions(self) -> dict[str, tuple[str, ...]]:
        """The functions that each question asks for, by its id, as far as the assignment's folder tells."""
        return self._assignment.functions if self._assignment else {}


@contextmanager
def opened(folder: Path) -> Iterator[Gradebook]:
    """The gradebook of a folder, to be read.

    Raises:
        UsageError: When there is none, or it cannot be read.
    """
    from autograder.records.errors import GradebookError
    from autograder.records.gradebook import Gradebook

    path = folder / "gradebook.sqlite"
    if not path.is_file():
        raise UsageError(f"there is no {path}; name the folder that `autograder grade --output` wrote")
    try:
        with Gradebook(path, read_only=True) as gradebook:
            yield gradebook
    except GradebookError as error:
        raise UsageError(str(error)) from None


def read_gradebook(folder: Path) -> Book:
    """The gradebook of a folder.

    Raises:
        UsageError: When there is none, it cannot be read or is empty, or `adjust.toml` beside it is wrong.
    """
    from autograder.marks.changes import changes_of
    from autograder.records.deciding import rules_of
    from autograder.records.packed import Packed

    with opened(folder) as gradebook:
        origin = gradebook.origin
        # never looked for by its name, which other assignments may have
        origin = origin and origin.now()
        rules = rules_of(origin, gradebook, folder) if origin else None
        results = Packed(gradebook.results(rules))
        book = Book(gradebook.path, gradebook.assignment, origin, results, changes_of(gradebook.counted(), results))
    if not book.results:
        raise UsageError(f"{book.path} holds no result yet; run `autograder grade` first")
    return book
