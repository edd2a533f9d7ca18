"""What became of a submission besides its answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.engine.connection import Loaded
from autograder.facts.fact import GRAVEST, Fact


@dataclass
class Record:
    """Filled while a submission runs.

    Attributes:
        ends: How its processes ended that should not have.
        loaded: What it defines, and what failed while it was loaded.
        loaded_in_parts: Why only its definitions were loaded, or None.
        notes: Help that could not be given, such as a picture; it costs nobody a point.
    """

    ends: list[Fact] = field(default_factory=list)
    loaded: Loaded = field(default_factory=Loaded)
    loaded_in_parts: Fact | None = None
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
        problems = self.loaded.problems
        values = {"why": problems[0], "more": len(problems) - 1} if problems else {}
        failed = Fact("failed-while-loading", values=values) if problems else None
        return tuple(fact for fact in (self.loaded_in_parts, *self.notes, failed) if fact)
