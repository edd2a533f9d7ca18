"""Judges once more what was lost by wrong groundwork: one mistake costs once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from autograder.assignment.definition import Assignment
from autograder.carrying.composed import Composed
from autograder.carrying.judging import Judging
from autograder.carrying.remembered import Remembered
from autograder.carrying.ways import ways_of
from autograder.defaults import DEFAULT_SEED
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import Test, TestRun
from autograder.engine.session import Session
from autograder.engine.suite import Suite
from autograder.explain.mutation.bank import Bank
from autograder.explain.mutation.kept import cached
from autograder.facts.fact import Fact

# a submission whose process ends so often meanwhile, as by a loop without end, is judged no further; one that has run
# into a time limit before, once less
_MOST_ENDS = 2
# what a test says that ran into a time limit
_LATE = ("time-limit", "processor-time")


class Carrier:
    """Carries marks for one assignment.

    Args:
        assignment: The assignment.
        bank: Gives its usual mistakes, with their texts; by default those that are kept.
        waits: Whether nothing is carried now, which takes seconds.

    Without a solution nothing can be carried either, and it is said that it will be.

    Attributes:
        ways: The ways in which it may be answered, the solution's first.
        remembered: What is the same for every submission.
    """

    def __init__(
        self, assignment: Assignment, bank: Callable[[], Bank | None] | None = None, waits: bool = False
    ) -> None:
        self._assignment = assignment
        self._make = bank or (lambda: cached(assignment, DEFAULT_SEED))
        self._bank: Bank | None = None
        carries = assignment.solution.is_file() and not waits
        self.ways = ways_of(assignment) if carries else ()
        self._composed: Composed | None = None
        self.remembered = Remembered()

    def carry(self, runs: Sequence[TestRun], session: Session, suite: Suite, store: ReferenceStore) -> list[TestRun]:
        """The runs of one submission, with marks for what is right on its own groundwork."""
        if not self.ways:
            return [self._later(run, _wrong(runs)) for run in runs]
        found = list(runs)
        failed: dict[str, Fact] = {}
        ended = int(any(end.status == "timeout" for end in session.record.ends))
        parts = self.ways[0].parts
        late = {run.question for run in runs if any(fact.kind in _LATE for fact in run.facts)}
        endless = parts.functions_of(late)
        for question in dict.fromkeys(run.question for run in runs):
            weight = self._assignment.carried(question)
            wrong = parts.functions_of(_wrong(found) - {question})
            at_first = parts.functions_of(_wrong(runs) - {question})
            lost = [run for run in found if run.question == question and run.outcome != "passed"]
            lost = [run for run in lost if self._builds_on(run.of, wrong, at_first)]
            if lost and weight and ended < _MOST_ENDS:
                one = Judging(question, wrong, at_first, endless, self, session, suite, store, failed)
                judged = one.judged(lost)
                ended += one.ended
                found = [_weighed(run, judged.get(run.test, run), weight) for run in found]
        return found

    def _builds_on(self, test: Test, wrong: frozenset[str], at_first: frozenset[str]) -> bool:
        """Whether a test builds on what is not right, as the solution does, or on what was not, as others may."""
        solution, *others = self.ways
        if wrong & (test.uses | solution.parts.reach(test)):
            return True
        return any(at_first & way.parts.reach(test) for way in others)

    def _later(self, run: TestRun, wrong: set[str]) -> TestRun:
        """Where nothing can be carried: what waits for another question is told that it will be judged all the same."""
        before = [id for id in run.of.question.after if id != run.question and id in wrong]
        if run.outcome != "skipped" or not before or not self._assignment.carried(run.question):
            return run
        return replace(run, waits=Fact("carry-later", values={"questions": tuple(before)}))

    @property
    def bank(self) -> Bank:
        """The usual mistakes."""
        if self._bank is None:
            self._bank = self._make() or Bank()
        return self._bank

    def composed(self, session: Session) -> Composed:
        """The trusted process in which the solution runs on other functions than its own."""
        if self._composed is None:
            self._composed = Composed(session.setup, self._assignment, self.ways[0])
        return self._composed

    def rest(self) -> None:
        """Ends a process that has not been asked since the last rest: it holds 150 MB where TensorFlow is loaded."""
        if self._composed is not None and not self._composed.was_asked:
            self.close()
        elif self._composed is not None:
            self._composed.was_asked = False

    def close(self) -> None:
        """Ends its process, if there was need of one."""
        if self._composed is not None:
            self._composed.close()
            self._composed = None


def _wrong(runs: Iterable[TestRun]) -> set[str]:
    """Questions that are not right."""
    return {run.question for run in runs if run.outcome != "passed"}


def _weighed(before: TestRun, after: TestRun, weight: float) -> TestRun:
    """What was earned besides counts as far as the author allows."""
    more = weight * after.carried
    return replace(after, share=after.share - after.carried + more, carried=more)
