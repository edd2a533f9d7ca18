"""Which assignment a gradebook's marks are of, so that no other of the same name is taken for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.assignment.definition import Assignment


@dataclass(frozen=True)
class Origin:
    """An assignment as a gradebook keeps it.

    Attributes:
        folder: Its folder when it was last graded.
        title: Title for people.
        due: When submissions are due, or None.
    """

    folder: Path
    title: str
    due: datetime | None

    @classmethod
    def of(cls, assignment: Assignment) -> Origin:
        """An assignment's."""
        return cls(assignment.folder, assignment.title, assignment.due)

    @classmethod
    def read(cls, about: Mapping[str, str]) -> Origin | None:
        """From the rows of the table `about`; None where an early program kept none, or they are damaged."""
        try:
            due = about["due"]
            return cls(Path(about["folder"]), about["title"], datetime.fromisoformat(due) if due else None)
        except (KeyError, ValueError):
            return None

    @property
    def rows(self) -> dict[str, str]:
        """Rows of the table `about`."""
        due = self.due.isoformat() if self.due is not None else ""
        return {"folder": str(self.folder), "title": self.title, "due": due}

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
