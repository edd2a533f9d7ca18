"""What the last run found, as the gradebook keeps it: which rows it leaves out, and who has none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.facts.fact import Fact
from autograder.facts.result import Result
from autograder.records.keys import key_of
from autograder.records.listing import Entry, Listing
from autograder.words import say


@dataclass(frozen=True)
class LastRun:
    """The last run into a gradebook.

    Attributes:
        assignment: Whose marks the gradebook holds, or "".
        basis: A hash of what was graded with, or "".
        is_finished: Whether it came to its end.
        has_hidden: Whether the assignment has hidden tests.
        listed: Who was there, by key: whose row it is, and the hash that it is to have; None for who is missing.
    """

    assignment: str = ""
    basis: str = ""
    is_finished: bool = True
    has_hidden: bool = True
    listed: dict[str, tuple[Entry, str | None]] = field(default_factory=dict)

    @classmethod
    def read(cls, about: Mapping[str, str]) -> LastRun:
        """From the rows of the table `about`."""
        listed = {}
        for wanted, *names in json.loads(about.get("listing", "[]")):
            entry = Entry(*names)
            listed[key_of(entry.student)] = (entry, wanted)
        is_finished, has_hidden = (about.get(key) != "no" for key in ("finished", "hidden"))
        return cls(about.get("assignment", ""), about.get("basis", ""), is_finished, has_hidden, listed)

    @staticmethod
    def begun(listing: Listing) -> dict[str, str]:
        """Rows of the table `about` for a run that begins."""
        entries = [*map(listing.entry, listing.prints), *listing.missing]
        rows = [
            (listing.prints.get(one.student), one.student, one.name, one.id, one.email, one.group) for one in entries
        ]
        return {"listing": json.dumps(rows), "basis": listing.basis, "finished": "no"}

    def without_marks(self, key: str) -> Result:
        """The row of a student who handed nothing in, or is not graded yet."""
        entry, wanted = self.listed[key]
        if wanted is None:
            return entry.on(Result(entry.student, self.assignment, "missing"))
        return entry.on(Result(entry.student, self.assignment, "waiting", left_out=say(Fact("row-waiting"))))

    def left_out(self, key: str, assignment: str, basis: str, fingerprint: str) -> str:
        """Why a row that was graded so does not count, or ""."""
        if not self.listed:
            return ""  # one of a program that kept no listing
        _, wanted = self.listed.get(key, (None, None))
        if wanted is None:
            return say(Fact("row-gone"))
        if (assignment, basis) != (self.assignment, self.basis):
            return say(Fact("row-of-other-tests"))
        if not self.has_hidden:
            return say(Fact("row-public"))
        # what was graded is another file than the one that was listed; the next run looks again
        is_of_before = not self.is_finished and fingerprint not in ("", wanted)
        return say(Fact("row-of-before")) if is_of_before else ""
