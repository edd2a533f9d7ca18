"""What became of a submission besides its answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from autograder.engine.connection import Loaded
from autograder.facts.fact import GRAVEST, Fact

# that a part of a file leaves undefined, in a sentence
_MOST_NAMES = 8


@dataclass
class Record:
    """Filled while a submission runs.

    Attributes:
        ends: How its processes ended that should not have.
        loaded: What it defines, and what of it could not be honoured.
        was_late: Whether a time limit was passed where the end is no part of the result.
        notes: Help that could not be given, such as a picture; it costs nobody a point.
    """

    ends: list[Fact] = field(default_factory=list)
    loaded: Loaded = field(default_factory=Loaded)
    was_late: bool = False
    notes: list[Fact] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The gravest thing that happened."""
        statuses = {end.status for end in self.ends}
        status = next((status for status in GRAVEST if status in statuses), "graded")
        # its process writes these records: what it did besides is never forgotten for one of them
        if status == "graded" and not self.loaded.names and any(one.is_no_python for one in self.loaded.problems):
            return "unreadable"
        return status

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is to be told of the submission as a whole."""
        return (*self.notes, *map(self._told, self.loaded.problems))

    def _told(self, problem: Fact) -> Fact:
        if problem.kind == "syntax":
            # what is defined elsewhere in the file as well is there
            missing = [name for name in problem.values["names"] if name not in self.loaded.names]
            return replace(problem, kind="not-python", about=tuple(missing[:_MOST_NAMES]))
        return problem if problem.kind == "not-honoured" else Fact("could-not-be-run", values={"why": problem})
