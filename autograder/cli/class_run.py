"""One run over a class: whom it grades, and what becomes of each result."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.marks.people import Called
from autograder.records.gradebook import Gradebook
from autograder.records.listing import Done, Listing


@dataclass(frozen=True)
class Choice:
    """What is graded of a class.

    Attributes:
        fresh: All again, also what is finished and unchanged.
        only: These students alone, by what they are called; everybody where it is empty.
        retry: Again what ended with one of these statuses.
    """

    fresh: bool = False
    only: tuple[str, ...] = ()
    retry: tuple[str, ...] = ()

    def rows(self, listing: Listing) -> set[str]:
        """The rows of the students to whom the run is confined.

        Raises:
            UsageError: When nobody is called so.
        """
        entries = {entry.student: entry for entry in listing.entries()}
        called = Called({student: entry.called for student, entry in entries.items()})
        chosen = {called.row(name, "--only") for name in self.only} if self.only else set(entries)
        return chosen & listing.prints.keys()

    def done(self, gradebook: Gradebook, listing: Listing, finished: set[str]) -> set[str]:
        """Of the rows that are finished, or proposed by a run that was stopped or a trial, those that stand."""
        again = gradebook.ended(self.retry) | (self.rows(listing) if self.only else set())
        return set() if self.fresh else (finished - again) | gradebook.proposed(listing.prints)


class Keeper:
    """Puts results into the gradebook: at once where there was none, or else as a proposal for the run's end.

    Attributes:
        has_all: Whether every result that came stands; one that the machine is to blame for does not.
    """

    def __init__(self, gradebook: Gradebook, trial: bool) -> None:
        self.has_all = True
        self._gradebook = gradebook
        # in a trial nobody's result counts
        self._proposed = None if trial else gradebook.with_marks

    def keep(self, done: Done) -> None:
        """Keeps a row's result, and those of attempts that were not as good."""
        for result, entry in done.others:
            self._gradebook.record(result, done.print, entry, "beaten")
        state = "proposed" if self._proposed is None or done.result.student in self._proposed else "counts"
        if not done.print:
            self.has_all = False
            state = "dropped" if state == "proposed" else state
        self._gradebook.record(done.result, done.print, done.entry, state)
