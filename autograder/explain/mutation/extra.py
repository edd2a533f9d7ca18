"""Operators of an assignment's own, from files of the course; a broken file costs its operators and nothing else."""

from __future__ import annotations

from pathlib import Path

from autograder.assignment.authors import authors_error
from autograder.assignment.definition import SETTINGS, Assignment
from autograder.assignment.fixtures import course_module
from autograder.assignment.toml import place_of
from autograder.errors import UsageError, did_you_mean
from autograder.explain.mutation.operators import Operator
from autograder.facts.kinds import CODES


class Extra:
    """The operators that an assignment declares, and what is wrong with them.

    Attributes:
        operators: Those that can be used.
        complaints: One line for the author of each file, or operator, that cannot.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.operators: tuple[Operator, ...] = ()
        self.complaints: list[str] = []
        self._files: dict[int, Path] = {}
        for path in assignment.operator_files:
            try:
                if not path.is_file():
                    known = [f"{path.parent.name}/{one.name}" for one in sorted(path.parent.glob("*_mistakes.py"))]
                    hint = did_you_mean(f"{path.parent.name}/{path.name}", known, "there are")
                    settings = assignment.folder / SETTINGS
                    place = place_of(settings, settings.read_text("utf-8"), "operators")
                    raise UsageError(f"{place}: there is no file of operators {path}; {hint}")
                found = tuple(getattr(course_module(path), "OPERATORS", ()))
                wrong = [one for one in found if not isinstance(one, Operator) or one.code not in CODES]
                if wrong or not found:
                    what = f"{wrong[0]!r:.80}" if wrong else "none"
                    text = "expected OPERATORS, a tuple of Operator with a code of autograder.facts.kinds"
                    raise UsageError(f"{path}:1: {text}, received {what}; fix it")
            except UsageError as error:
                self.complaints.append(str(error))
                continue
            self._files.update((id(one), path) for one in found)
            self.operators += found

    def file_of(self, operator: Operator) -> Path:
        """The file that an operator stands in."""
        return self._files[id(operator)]

    def broken(self, operator: Operator, error: Exception) -> None:
        """Notes that an operator raised; it is left out of this function, and the others go on."""
        line = authors_error(self.file_of(operator), error)
        if line not in self.complaints:
            self.complaints.append(line)
