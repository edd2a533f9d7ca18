"""One question of one submission, judged without what its other functions lack."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from autograder.carrying.composed import OwnReference, StoodIn
from autograder.carrying.decoys import Decoys
from autograder.carrying.groundwork import Groundwork
from autograder.carrying.own import OwnFunctions
from autograder.carrying.trial import tells_right_from_wrong
from autograder.carrying.ways import Way
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import Test, TestRun
from autograder.engine.session import Session
from autograder.engine.suite import Suite
from autograder.errors import UsageError
from autograder.facts.fact import Fact
from autograder.fingerprint import derived_seed
from autograder.isolation.host.errors import TemplateError

if TYPE_CHECKING:
    from autograder.carrying.carrier import Carrier


class Judging:
    """Judges one question.

    Args:
        question: The question.
        wrong: Functions of other questions that are not right.
        at_first: Those, and such as are right on the submission's own groundwork, and therefore of no use for others.
        endless: Functions of questions that ran into a time limit: what asks them would do so once more.
        carrier: Knows the assignment.
        session: The submission.
        suite: Its tests.
        store: The reference's values.
        failed: Functions of the submission that gave nothing before, with the reason.

    Attributes:
        ended: How often the submission's process ended on the way.
    """

    def __init__(
        self,
        question: str,
        wrong: frozenset[str],
        at_first: frozenset[str],
        endless: frozenset[str],
        carrier: Carrier,
        session: Session,
        suite: Suite,
        store: ReferenceStore,
        failed: dict[str, Fact],
    ) -> None:
        self._question = question
        self._wrong = wrong
        self._at_first = at_first
        self._endless = endless
        self._carrier = carrier
        self._solution = carrier.ways[0]
        self._session = session
        self._suite = suite
        self._store = store
        self._failed = failed
        self.ended = 0
        self._ends_elsewhere: list[Fact] = []
        # what came of tests that were skipped, judged as they are
        self._plain: dict[str, TestRun] = {}
        # what the reference gives on a groundwork is the same for every mistake that is tried there
        self._references: dict[Groundwork, OwnReference] = {}

    def judged(self, lost: Sequence[TestRun]) -> dict[str, TestRun]:
        """Runs of tests that were not passed, with what is earned besides, by the test's name."""
        ends = list(self._session.record.ends)
        try:
            found = {run.test: run for run in lost} | self._as_it_is(lost)
            left = [run for run in found.values() if run.outcome != "passed"]
            found |= self._on_other_groundwork(left) if left else {}
            return {name: self._with_own_reason(run) for name, run in found.items()}
        finally:
            # the submission has been judged by its own answers: how a further question ends is no part of that
            more = self._session.record.ends[len(ends) :]
            self.ended += len(more)
            self._session.record.was_late |= any(end.status == "timeout" for end in (*more, *self._ends_elsewhere))
            self._session.record.ends[:] = ends
            self._session.printed()
            self._session.warned()

    def _as_it_is(self, lost: Sequence[TestRun]) -> dict[str, TestRun]:
        """What was skipped, and is right all the same: it does not use what is wrong, or makes up for it."""
        late, reach = self._endless & self._wrong, self._solution.parts.reach
        skipped = [run.of for run in lost if run.outcome == "skipped" and not late & reach(run.of)]
        self._plain = self._run(self._session, skipped, Groundwork()) if skipped else {}
        return {name: run for name, run in self._plain.items() if run.outcome == "passed"}

    def _with_own_reason(self, run: TestRun) -> TestRun:
        """A run that waited for questions that are right by now: what is wrong is its own, and earns no more for it."""
        asked = {id for fact in run.facts if fact.kind == "builds-on" for id in fact.values["questions"]}
        by_itself = self._plain.get(run.test)
        if run.outcome != "skipped" or run.waits is not None or by_itself is None or not asked - {self._question}:
            return run
        if self._solution.parts.functions_of(asked - {self._question}) & self._wrong:
            return run
        return replace(by_itself, share=run.share, observed=(), output=run.output, warned=run.warned)

    def _on_other_groundwork(self, lost: Sequence[TestRun]) -> dict[str, TestRun]:
        solution, *others = self._carrier.ways
        tried = [(solution, self._wrong)]
        first = self._on_decoys(solution, self._wrong, lost)
        best = first.counted()
        for wrong, way in itertools.product((self._wrong, self._at_first), others):
            left = [run for run in lost if run.test not in best or best[run.test].run.outcome != "passed"]
            left = [run for run in left if _is_new(way, wrong, tried, run.of)]
            for test, one in self._on_decoys(way, wrong, left).counted().items():
                if test not in best or one.run.share > best[test].run.share:
                    best[test] = one
            tried.append((way, wrong))
        right = {test for test, one in best.items() if one.run.outcome == "passed"}
        reach = {run.test: solution.parts.reach(run.of) for run in lost}
        rest = [run for run in lost if run.test not in right and self._wrong & (reach[run.test] | run.of.uses)]
        own = {run.test: run for run in self._on_own(rest, reach, first)} if rest else {}
        found = {}
        for before in lost:
            run, other = own.get(before.test, before), best.get(before.test)
            if other is not None and other.run.share > run.share:
                run = replace(_better(run, other.run, other.wrong), is_stood_in=True)
            elif other is not None and (run.outcome, other.run.outcome) == ("skipped", "failed"):
                # it does not only wait for another question: it is wrong by itself
                run = replace(
                    other.run,
                    share=run.share,
                    own=other.wrong,
                    is_stood_in=True,
                    observed=(),
                    output=run.output,
                    warned=run.warned,
                )
            found[run.test] = run
        return found

    def _on_decoys(self, way: Way, wrong: frozenset[str], lost: Sequence[TestRun]) -> _OnDecoys:
        """What tests give where decoys stand for what is wrong, judged beside one way to answer."""
        reach = {run.test: way.parts.reach(run.of) for run in lost}
        seed = derived_seed(self._session.setup.seed, self._question, *filter(None, [way.name]))
        remembered = self._carrier.remembered
        decoys = Decoys(reach, wrong, self._form, seed, lambda: self._store.taken, remembered)
        tests = [run.of for run in lost if reach[run.test] & wrong]
        if not tests:
            return _OnDecoys(decoys)
        stood_in = StoodIn(self._session, way.parts, self._question, decoys)
        found = self._run(stood_in, tests, decoys, way)
        self.ended += len(stood_in.record.ends)
        self._ends_elsewhere += stood_in.record.ends
        asked = tuple(name for name in way.parts.under(decoys.asked) if name in wrong)
        return _OnDecoys(decoys, found, asked)

    def _on_own(
        self, lost: Sequence[TestRun], reach: Mapping[str, frozenset[str]], on_decoys: _OnDecoys
    ) -> list[TestRun]:
        """What tests earn on the submission's own groundwork."""
        there, decoys = on_decoys.runs, on_decoys.decoys
        own = OwnFunctions(self._session, self._failed, reach, self._wrong)
        here = self._run(self._session, [run.of for run in lost], own)
        names = self._wrong_in(own)
        better = {run.test for run in lost if here[run.test].share > run.share} if names else set()
        # what is right on decoys as well is right; what is not, although the solution is, uses its groundwork otherwise
        doubtful = [test for test in better - own.by_loss if there[test].share < here[test].share]
        refused = {test for test in doubtful if there[test].outcome != "passed"}
        refused &= self._right_on(decoys, [here[test].of for test in refused]) if refused else set()
        rest = [here[test].of for test in doubtful if test not in refused]
        told = self._is_told(rest, own) if rest and own.waits is None else True
        if told is None:
            # the solution itself cannot be tried there: what all other tests of the question tell of it counts
            told = any(run.outcome == "passed" for run in there.values())
            told = told and all(here[run.test].outcome == "passed" for run in lost)
        waits = own.waits if own.waits is not None and own.waits.about[0] in self._wrong else None
        found = []
        for run in lost:
            if run.test in refused or (run.test in doubtful and not told):
                found.append(replace(run, waits=Fact("carry-tells-nothing", names)))
            elif own.waits is not None:
                found.append(replace(run, waits=waits))
            else:
                found.append(_better(run, here[run.test], names) if run.test in better else run)
        return found

    def _wrong_in(self, own: OwnFunctions) -> tuple[str, ...]:
        """Of functions that were asked, and those that they use, the ones that are not right."""
        return tuple(name for name in self._solution.parts.under(own.asked) if name in self._wrong)

    def _right_on(self, decoys: Decoys, tests: Sequence[Test]) -> set[str]:
        """The tests that the solution itself passes on decoys."""

        def passed(test: Test) -> bytes:
            composed = self._carrier.composed(self._session)
            composed.compose(self._question, decoys, self._solution)
            (run,) = self._run(composed, [test], decoys).values()
            if run.outcome != "passed":
                # asked again for the next submission: it may have taken too long on a busy machine
                raise LookupError(test.name)
            return b""

        found = set()
        for test in tests:
            decoys.begin(test.name)
            with contextlib.suppress(LookupError):
                decoys.remembered(test.name.encode(), partial(passed, test))
                found.add(test.name)
        return found

    def _is_told(self, tests: Sequence[Test], own: OwnFunctions) -> bool | None:
        """Whether the question's usual mistakes are found on the own groundwork; None where none can be tried."""
        composed = self._carrier.composed(self._session)

        def mistaken(change: str, tests: Sequence[Test]) -> list[TestRun]:
            composed.compose(self._question, own, self._solution, change)
            with own.trying():
                return list(self._run(composed, tests, own).values())

        return tells_right_from_wrong(self._question, tests, self._carrier.bank, self._solution.parts, mistaken)

    def _form(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any] | None:
        """What the reference answers."""
        try:
            found: dict[str, Any] = self._store.computed(
                [{"do": "call", "name": name, "arguments": arguments, "options": options}]
            )
        except TemplateError:
            raise
        except UsageError:
            return None  # what the submission asks with is nothing that it answers
        return found

    def _run(
        self, session: Session, tests: Sequence[Test], own: Groundwork, way: Way | None = None
    ) -> dict[str, TestRun]:
        seconds = 2 * self._session.setup.limits.seconds_per_question
        for one in {id(one): one for one in (self._session, session)}.values():
            one.begin_late(self._question, seconds, decides=True)
        if own not in self._references:
            composed = self._carrier.composed(self._session)
            self._references[own] = OwnReference(self._store, composed, way or self._solution, self._question, own)
        store = self._references[own]
        wanted = {test.name for test in tests}
        return {run.test: run for run in self._suite.run(session, store, lambda test: test.name in wanted, own=own)}


@dataclass(frozen=True)
class _Counted:
    """A run that counts, and the functions that others stood for in it."""

    run: TestRun
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class _OnDecoys:
    """What came of tests on decoys.

    Attributes:
        decoys: The decoys.
        runs: What the tests gave, by their names.
        wrong: Functions that are not right, and that were asked there, or use what was asked.
    """

    decoys: Decoys
    runs: dict[str, TestRun] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()

    def counted(self) -> dict[str, _Counted]:
        """The runs, where a decoy was asked for."""
        return {test: _Counted(run, self.wrong) for test, run in self.runs.items()} if self.wrong else {}


def _is_new(way: Way, wrong: frozenset[str], before: Sequence[tuple[Way, frozenset[str]]], test: Test) -> bool:
    """Whether a test builds in this way on something wrong that nothing has stood for before."""
    now = way.parts.reach(test) & wrong
    return bool(now) and not any(now <= one.parts.reach(test) & names for one, names in before)


def _better(run: TestRun, here: TestRun, names: tuple[str, ...]) -> TestRun:
    """A run with what it earns on other groundwork, of which some functions are not right."""
    more = here.share - run.share
    if here.outcome == "passed":
        # what it printed once more is no news, and TensorFlow warns of functions that are called so often
        return replace(here, carried=more, own=names, output=run.output, warned=run.warned)
    told = here if run.outcome == "skipped" else run
    return replace(told, share=here.share, carried=more, own=names, observed=run.observed)
