"""Which assignment a gradebook's marks are of, so that no other of the same name is taken for it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.assignment.definition import Assignment
from autograder.assignment.late import LatePolicy


@dataclass(frozen=True)
class Origin:
    """An assignment as a gradebook keeps it.

    Attributes:
        folder: Its folder when it was last graded.
        title: Title for people.
        due: When submissions are due, or None.
        late: What being late costs.
        has_hidden: Whether it has hidden tests.
    """

    folder: Path
    title: str
    due: datetime | None
    late: LatePolicy = field(default_factory=LatePolicy)
    has_hidden: bool = True

    @classmethod
    def of(cls, assignment: Assignment) -> Origin:
        """An assignment's."""
        return cls(assignment.folder, assignment.title, assignment.due, assignment.late, assignment.has_hidden_tests)

    @classmethod
    def read(cls, about: Mapping[str, str]) -> Origin | None:
        """From the rows of the table `about`; None where an early program kept none, or they are damaged."""
        try:
            due = datetime.fromisoformat(about["due"]) if about["due"] else None
            if due is not None and about.get("time_zone"):
                due = due.replace(tzinfo=ZoneInfo(about["time_zone"]))
            late = LatePolicy(**json.loads(about.get("late", "{}")))
            return cls(Path(about["folder"]), about["title"], due, late, about.get("hidden") != "no")
        except (KeyError, ValueError, TypeError):
            return None

    @property
    def rows(self) -> dict[str, str]:
        """Rows of the table `about`."""
        due = self.due.isoformat() if self.due is not None else ""
        zone = self.due.tzinfo.key if self.due is not None and isinstance(self.due.tzinfo, ZoneInfo) else ""
        rows = {"folder": str(self.folder), "title": self.title, "due": due, "time_zone": zone}
        return rows | {"late": json.dumps(self.late.settings), "hidden": "yes" if self.has_hidden else "no"}

    def now(self) -> Origin:
        """As the folder says it today; unchanged where the folder is gone or somebody else's.

        Raises:
            UsageError: When its settings are there and wrong.
        """
        # not Path.is_file, which raises where a folder of somebody else's cannot be looked into
        if not os.access(self.folder / "assignment.toml", os.R_OK):
            return self
        found = Assignment.load(self.folder)
        # a link may lead to another assignment by now
        return Origin.of(found) if found.name == self.folder.name else self
