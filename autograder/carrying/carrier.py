"""Judges once more what was lost by wrong groundwork, on the student's own functions: one mistake costs once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.carrying.composed import Composed, OwnReference, StoodIn
from autograder.carrying.decoys import Decoys
from autograder.carrying.own import OwnFunctions
from autograder.carrying.parts import Parts
from autograder.carrying.trial import tells_right_from_wrong
from autograder.defaults import DEFAULT_SEED
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import Test, TestRun
from autograder.engine.session import Session
from autograder.engine.suite import Suite
from autograder.errors import UsageError
from autograder.explain.mutation.bank import Bank, cached
from autograder.facts.fact import Fact
from autograder.fingerprint import derived_seed

# a submission whose process ends so often meanwhile, as by a loop without end, is judged no further; one that has run
# into a time limit before, once less
_MOST_ENDS = 2


class Carrier:
    """Carries marks for one assignment.

    Args:
        assignment: The assignment.
        bank: Gives its usual mistakes, with their texts; by default those that are kept.

    Without a solution nothing can be carried, and it is said that it will be.
    """

    def __init__(self, assignment: Assignment, bank: Callable[[], Bank | None] | None = None) -> None:
        self._assignment = assignment
        self._make = bank or (lambda: cached(assignment, DEFAULT_SEED))
        self._bank: Bank | None = None
        self._parts = Parts.of(assignment.solution.read_text("utf-8")) if assignment.solution.is_file() else Parts()
        self._composed: Composed | None = None

    def carry(self, runs: Sequence[TestRun], session: Session, suite: Suite, store: ReferenceStore) -> list[TestRun]:
        """The runs of one submission, with marks for what is right on its own groundwork."""
        if not self._parts.questions:
            return [self._later(run) for run in runs]
        found = list(runs)
        failed: dict[str, Fact] = {}
        ended = int(any(end.status == "timeout" for end in session.record.ends))
        for question in dict.fromkeys(run.question for run in runs):
            lost = [run for run in found if run.question == question and run.outcome != "passed"]
            wrong = self._wrong(found) - {question}
            weight = self._assignment.carried(question)
            lost = [run for run in lost if self._builds_on(run.of, wrong)]
            if lost and weight and ended < _MOST_ENDS:
                one = _Question(question, wrong, self, session, suite, store, failed)
                judged = one.judged(lost)
                ended += one.ended
                found = [_weighed(run, judged.get(run.test, run), weight) for run in found]
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


def _weighed(before: TestRun, after: TestRun, weight: float) -> TestRun:
    """What was earned besides counts as far as the author allows."""
    return replace(after, share=before.share + weight * (after.share - before.share), carried=weight * after.carried)


def _better(run: TestRun, here: TestRun, names: tuple[str, ...]) -> TestRun:
    """A run with what it earns on other groundwork, of which some functions are not right."""
    more = max(here.share - run.share, 0.0)
    if here.outcome == "passed":
        # what it printed once more is no news, and TensorFlow warns of functions that are called so often
        return replace(here, carried=more, own=names, output=run.output)
    told = here if run.outcome == "skipped" else run
    return replace(told, share=run.share + more, carried=more, own=names, observed=run.observed)


class _Question:
    """One question of one submission, judged without what others lack.

    Attributes:
        ended: How often the submission's process ended on the way.
    """

    def __init__(
        self,
        question: str,
        wrong: set[str],
        carrier: Carrier,
        session: Session,
        suite: Suite,
        store: ReferenceStore,
        failed: dict[str, Fact],
    ) -> None:
        self._question = question
        self._wrong = wrong
        self._carrier = carrier
        self._session = session
        self._suite = suite
        self._store = store
        self._failed = failed
        self.ended = 0

    def judged(self, lost: Sequence[TestRun]) -> dict[str, TestRun]:
        """Runs of tests that were not passed, with what is earned besides, by the test's name."""
        ends = list(self._session.record.ends)
        try:
            # on its own groundwork first: whatever its file makes on the way is made with its own functions
            own = OwnFunctions(self._session, self._failed)
            here = self._run(self._session, [run.of for run in lost], own)
            in_place = self._on_decoys(lost)
            found = self._on_own(lost, own, here, in_place)
            return {name: max(run, in_place[name], key=lambda one: one.share) for name, run in found.items()}
        finally:
            # the submission has been judged by its own answers: how a further question ends is no part of that
            self.ended += len(self._session.record.ends) - len(ends)
            self._session.record.ends[:] = ends
            self._session.printed()

    def _on_own(
        self, lost: Sequence[TestRun], own: OwnFunctions, here: dict[str, TestRun], in_place: dict[str, TestRun]
    ) -> dict[str, TestRun]:
        """What tests earn on the submission's own groundwork."""
        names = self._carrier.wrong_in(own.asked, self._wrong)
        waits = own.waits
        # what is right on other groundwork as well is right; of anything else it has to be shown that it is told
        doubtful = [run.of for run in here.values() if run.share > in_place[run.test].share]
        doubtful = [test for test in doubtful if test.name not in own.by_loss]
        is_proven = any(in_place[run.test].outcome == here[run.test].outcome == "passed" for run in lost)
        if waits is None and names and doubtful and not self._is_told(doubtful, own, is_proven):
            waits = own.waits or Fact("carry-tells-nothing", names)
        if not names:
            return {run.test: run for run in lost}
        if waits is not None:
            return {run.test: replace(run, waits=waits) for run in lost}
        return {run.test: _better(run, here[run.test], names) for run in lost}

    def _is_told(self, tests: Sequence[Test], own: OwnFunctions, is_proven: bool) -> bool:
        """Whether the question's usual mistakes are found on the own groundwork.

        A test in which they cannot be tried counts where another one has proven the question on other groundwork.
        """
        carrier, composed = self._carrier, self._carrier.composed(self._session)

        def mistaken(change: str, tests: Sequence[Test]) -> list[TestRun]:
            composed.compose(self._question, own, change)
            with own.trying():
                return list(self._run(composed, tests, own).values())

        told = tells_right_from_wrong(self._question, tests, carrier.bank, carrier.parts, mistaken)
        return is_proven if told is None else told

    def _on_decoys(self, lost: Sequence[TestRun]) -> dict[str, TestRun]:
        """Tests on functions that are nobody's."""
        parts, session = self._carrier.parts, self._session
        wrong = [name for name, question in parts.questions.items() if question in self._wrong]
        decoys = Decoys(wrong, self._form, derived_seed(session.setup.seed, "decoys", self._question))
        stood_in = StoodIn(session, parts, self._question, decoys)
        here = self._run(stood_in, [run.of for run in lost], decoys)
        self.ended += len(stood_in.record.ends)
        names = self._carrier.wrong_in(decoys.asked, self._wrong)
        if not names:
            return {run.test: run for run in lost}
        return {run.test: replace(_better(run, here[run.test], names), is_stood_in=True) for run in lost}

    def _form(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any] | None:
        """What the reference answers."""
        try:
            found: dict[str, Any] = self._store.computed(
                [{"do": "call", "name": name, "arguments": arguments, "options": options}]
            )
        except UsageError:
            return None  # what the submission asks with is nothing that it answers
        return found

    def _run(self, session: Session, tests: Sequence[Test], own: OwnFunctions | Decoys) -> dict[str, TestRun]:
        carrier = self._carrier
        seconds = 2 * self._session.setup.limits.seconds_per_question
        for one in {id(one): one for one in (self._session, session)}.values():
            one.begin_late(self._question, seconds)
        store = OwnReference(self._store, carrier.composed(self._session), carrier.parts, self._question, own)
        wanted = {test.name for test in tests}
        return {run.test: run for run in self._suite.run(session, store, lambda test: test.name in wanted, own=own)}
