"""Judges once more what was lost by wrong groundwork, on the student's own functions: one mistake costs once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from autograder.assignment.definition import Assignment
from autograder.carrying.composed import Composed, OwnReference
from autograder.carrying.own import OwnFunctions
from autograder.carrying.parts import Parts
from autograder.carrying.trial import tells_right_from_wrong
from autograder.defaults import DEFAULT_SEED
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import Test, TestRun
from autograder.engine.session import Session
from autograder.engine.suite import Suite
from autograder.explain.mutation.bank import Bank, cached
from autograder.facts.fact import Fact


class Carrier:
    """Carries marks for one assignment.

    Args:
        assignment: The assignment.
        bank: Gives its usual mistakes, with their texts; by default those that are kept. Without them nothing can be
            carried, and it is said that it will be.
    """

    def __init__(self, assignment: Assignment, bank: Callable[[], Bank | None] | None = None) -> None:
        self._assignment = assignment
        self._make = bank or (lambda: cached(assignment, DEFAULT_SEED))
        self._bank: Bank | None = None
        self._parts = Parts.of(assignment.solution.read_text("utf-8")) if assignment.solution.is_file() else Parts()
        self._composed: Composed | None = None

    def carry(self, runs: Sequence[TestRun], session: Session, suite: Suite, store: ReferenceStore) -> list[TestRun]:
        """The runs of one submission, with marks for what is right on its own groundwork."""
        if not any(mutant.source for mutant in self.bank.mutants):
            return [self._later(run) for run in runs]
        found = list(runs)
        waiting: dict[str, Fact] = {}
        for question in dict.fromkeys(run.question for run in runs):
            lost = [run for run in found if run.question == question and run.outcome != "passed"]
            wrong = self._wrong(found) - {question}
            weight = self._assignment.carried(question)
            tests = [run.of for run in lost if self._builds_on(run.of, wrong)]
            if not tests or not weight:
                continue
            one = _Question(question, tests, wrong, self, session, suite, store, waiting)
            found = [one.judged(run, weight) if run.question == question else run for run in found]
        return found

    def _later(self, run: TestRun) -> TestRun:
        """Where nothing can be carried: what waits for another question is told that it will be judged all the same."""
        before = [id for id in run.of.question.after if id != run.question]
        if run.outcome != "skipped" or not before or not self._assignment.carried(run.question):
            return run
        return replace(run, waits=Fact("carry-later", values={"questions": tuple(before)}))

    def _wrong(self, runs: Sequence[TestRun]) -> set[str]:
        """Questions that are not right."""
        return {run.question for run in runs if run.outcome != "passed"}

    def _builds_on(self, test: Test, wrong: set[str]) -> bool:
        """Whether a test uses a function of a question that is not right, directly or through what it uses."""
        used = test.uses & self._parts.questions.keys()
        reached = used.union(*(self._parts.groundwork[name] for name in used))
        return any(self._parts.questions[name] in wrong for name in reached)

    def wrong_in(self, asked: Iterable[str], wrong: set[str]) -> tuple[str, ...]:
        """Of functions that were asked, and those that they use, the ones of questions that are not right."""
        reached = dict.fromkeys(one for name in asked for one in (name, *sorted(self._parts.groundwork.get(name, ()))))
        return tuple(name for name in reached if self._parts.questions.get(name) in wrong)

    @property
    def parts(self) -> Parts:
        """What belongs to which question."""
        return self._parts

    @property
    def bank(self) -> Bank:
        """The usual mistakes."""
        if self._bank is None:
            self._bank = self._make() or Bank()
        return self._bank

    def composed(self, session: Session) -> Composed:
        """The trusted process in which the solution runs on the submission's functions."""
        if self._composed is None:
            self._composed = Composed(session.setup, self._assignment, self._parts)
        return self._composed

    def close(self) -> None:
        """Ends its process, if there was need of one."""
        if self._composed is not None:
            self._composed.close()
            self._composed = None


class _Question:
    """One question of one submission, judged on the submission's own groundwork."""

    def __init__(
        self,
        question: str,
        tests: Sequence[Test],
        wrong: set[str],
        carrier: Carrier,
        session: Session,
        suite: Suite,
        store: ReferenceStore,
        waiting: dict[str, Fact],
    ) -> None:
        self._question = question
        self._carrier = carrier
        self._session = session
        self._suite = suite
        self._own = OwnFunctions(session, waiting)
        self._store = OwnReference(store, carrier.composed(session), carrier.parts, question, self._own)
        self._seconds = 2 * session.setup.limits.seconds_per_question
        ends = list(session.record.ends)
        try:
            self._runs = {run.test: run for run in self._run(session, tests)}
            self._names = carrier.wrong_in(self._own.asked, wrong)
            self._waits = self._why_it_waits()
        finally:
            # the submission has been judged by its own answers: how a further question ends is no part of that
            session.record.ends[:] = ends

    def judged(self, run: TestRun, weight: float) -> TestRun:
        """A run with what it earns here."""
        here = self._runs.get(run.test)
        if here is None or not self._names:
            return run
        names = self._names
        if self._waits is not None:
            return replace(run, waits=self._waits)
        more = weight * (here.share - run.share)
        if here.outcome == "passed":
            return replace(here, share=run.share + more, carried=more, own=names, output=run.output or here.output)
        told = here if run.outcome == "skipped" else run
        more = max(more, 0.0)
        return replace(told, share=run.share + more, carried=more, own=names, observed=run.observed)

    def _run(self, session: Session, tests: Sequence[Test]) -> list[TestRun]:
        self._session.begin_late(self._question, self._seconds)
        wanted = {test.name for test in tests}
        return self._suite.run(session, self._store, lambda test: test.name in wanted, own=self._own)

    def _why_it_waits(self) -> Fact | None:
        better = [run.of for run in self._runs.values() if run.share > 0]
        if self._own.waits is not None or not better or not self._names:
            return self._own.waits
        tried = [test for test in better if test.name not in self._own.by_loss]
        carrier = self._carrier
        if tried and not tells_right_from_wrong(self._question, tried, carrier.bank, carrier.parts, self._mistaken):
            return self._own.waits or Fact("carry-tells-nothing", self._names)
        return self._own.waits

    def _mistaken(self, change: str, tests: Sequence[Test]) -> list[TestRun]:
        """Tests on the solution with a change, on the own groundwork."""
        composed = self._carrier.composed(self._session)
        # the reference's values are known by now
        composed.compose(self._question, self._own, change)
        with self._own.trying():
            return self._run(composed, tests)
