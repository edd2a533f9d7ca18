"""Grading one submission: read, run the tests against its process, and write down what happened."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.changes import with_places
from autograder.engine.connection import Timings
from autograder.engine.kept_values import KeptValues
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import TestRun, rows_of
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.engine.suite import Suite
from autograder.facts.fact import Fact
from autograder.facts.result import Diagnosis, QuestionResult, Result
from autograder.files import cache_folder
from autograder.handin.sources import Source, Unreadable
from autograder.handin.submissions import Submission
from autograder.handin.unpacking import Unpacker
from autograder.isolation.host.errors import NoProcess, TemplateError, TooBusy, raise_if_over
from autograder.isolation.host.starting import Spawner
from autograder.isolation.settings import AUTO, SandboxPolicy, summary
from autograder.words import message

# for running once more what failed, to see why
_SECONDS_OF_EVIDENCE = 2.5


@dataclass(frozen=True)
class Graded:
    """What came of one submission.

    Attributes:
        submission: The submission.
        result: Its result.
        timings: Where the time went.
        fingerprint: A hash of the bytes that were graded.
        modified: When that file was last written, in seconds since 1970, or None.
        timed_out: Whether it ran into a time limit, or the machine was too busy to tell.
        killed: Whether one of its processes was killed; a submission can do that, and so can somebody else.
        final: Whether the result stands; one that the machine is to blame for is made again by the next run.
    """

    submission: Submission
    result: Result
    timings: Timings = field(default_factory=Timings)
    fingerprint: str = ""
    modified: float | None = None
    timed_out: bool = False
    killed: bool = False
    final: bool = True


@dataclass
class Explained:
    """What is known of a submission's wrong answers.

    Attributes:
        causes: Proven causes, by question.
        located: Where a wrong value without a cause comes from, by question.
    """

    causes: dict[str, Diagnosis] = field(default_factory=dict)
    located: dict[str, Fact] = field(default_factory=dict)


class Explaining(Protocol):
    """Whatever says why answers are wrong."""

    seed: int

    def explain(self, runs: Sequence[TestRun], session: Session) -> Explained:
        """What is known of them."""

    def close(self) -> None:
        """Ends what it started."""


class Carrying(Protocol):
    """Whatever judges once more, on the submission's own functions, what was lost by wrong groundwork."""

    def carry(self, runs: Sequence[TestRun], session: Session, suite: Suite, store: ReferenceStore) -> list[TestRun]:
        """The runs, with marks for what is right on its own groundwork."""

    def rest(self) -> None:
        """A submission is done: ends what it did not need."""

    def close(self) -> None:
        """Ends what it started."""


class Grader:
    """Grades submissions of one assignment, one after the other.

    Raises:
        UsageError: When the assignment's tests cannot be collected, or have none of the questions.
    """

    def __init__(
        self,
        assignment: Assignment,
        spawner: Spawner,
        *,
        seed: int = DEFAULT_SEED,
        device: str = "cpu",
        hidden: bool = True,
        only: tuple[str, ...] = (),
        user: int | None = None,
        policy: SandboxPolicy = AUTO,
        versions: dict[str, str] | None = None,
        explainer: Explaining | None = None,
        carrier: Carrying | None = None,
        store: ReferenceStore | None = None,
        suite: Suite | None = None,
    ) -> None:
        self._assignment = assignment
        self._spawner = spawner
        self._seed = seed
        self._device = device
        self._user = user
        self._policy = policy
        self._versions = versions or {}
        self._explainer = explainer
        self._carrier = carrier
        self.store = store or ReferenceStore(assignment, spawner, seed)
        self._rehearsed: ReferenceStore | None = None
        self._suite = suite or Suite(assignment, hidden)
        self._tests = self._suite.named(only)

    def grade(self, submission: Submission) -> Graded:
        """Grades one submission. Whatever it does becomes part of its result; nothing of it is raised.

        Raises:
            UsageError: When the assignment itself is broken.
        """
        start = time.perf_counter()
        policy = replace(self._policy, hidden=(*self._policy.hidden, *self._private_folders(submission)))
        try:
            reading = submission.read(Unpacker(self._spawner, self._user, policy))
        except NoProcess as error:
            result = self._without_run(submission, "crashed", error.fact, Fact("not-read"))
            return Graded(submission, result, timed_out=isinstance(error, TooBusy), final=False)
        try:
            source = reading.source
        except Unreadable as error:
            told = Fact.said(str(error))
            result = self._without_run(submission, "unreadable", told, Fact("not-read"))
            timings = Timings(total=time.perf_counter() - start)
            return Graded(submission, result, timings, reading.fingerprint, reading.modified)
        session = Session(self._setup(source, policy))
        timings = session.connection.timings
        reference_seconds = self.store.seconds
        try:
            judged = with_places(self._suite.run(session, self.store, self._tests.__contains__), session)
            runs = self._carried(judged, session)
            explained = self._explained(_to_explain(judged, runs), session)
        except NoProcess as error:
            # others may have used up what there is: it costs this run of this submission, and not the class
            result = self._without_run(submission, "crashed", error.fact, Fact("not-run"))
            return Graded(submission, result, timings, timed_out=isinstance(error, TooBusy), final=False)
        finally:
            session.close()
            for one in (self.store, self._rehearsed, self._carrier):
                if one is not None:
                    one.rest()
        timings.total = time.perf_counter() - start
        timings.pytest = timings.total - sum(run.seconds for run in runs)
        timings.comparison = timings.total - timings.pytest - timings.inside - timings.fork - timings.wire
        timings.comparison -= self.store.seconds - reference_seconds
        rows = tuple(_with(row, explained) for row in rows_of(runs))
        result = self._result(submission, session, rows)
        timed_out = session.record.was_late or any(end.status == "timeout" for end in session.record.ends)
        return Graded(submission, result, timings, reading.fingerprint, reading.modified, timed_out)

    def _carried(self, runs: list[TestRun], session: Session) -> list[TestRun]:
        if self._carrier is None or not any(run.outcome != "passed" for run in runs):
            return runs
        try:
            return self._carrier.carry(runs, session, self._suite, self.store)
        except TemplateError:
            raise
        except Exception as error:
            # the marks without it stand; whatever goes wrong here, the class goes on
            session.record.notes.append(Fact("nothing-carried", values={"error": type(error).__name__}))
            return runs

    def _setup(self, source: Source, policy: SandboxPolicy) -> Setup:
        assignment = self._assignment
        return Setup(
            spawner=self._spawner,
            source=source,
            limits=assignment.limits,
            seed=self._seed,
            device=self._device,
            user=self._user,
            policy=policy,
            data=assignment.data,
            without=assignment.without,
            forbidden=self._suite.forbidden,
            given=assignment.given,
            explains=self._explainer is not None,
        )

    def _private_folders(self, submission: Submission) -> tuple[str, ...]:
        """What a submission must not see even where a folder that it may see contains it.

        The class's folder holds the other submissions, and the cache the numbers of every wrong answer.
        """
        private = (self._assignment.folder, submission.folder, submission.path.parent, cache_folder(), Path.home())
        return tuple(dict.fromkeys(str(folder.absolute()) for folder in private))

    def _explained(self, runs: list[TestRun], session: Session) -> Explained:
        """Why answers are wrong, where it is proven."""
        if self._explainer is None or not any(run.is_wrong for run in runs):
            return Explained()
        try:
            evidence = self._evidence(runs, session, self._explainer.seed)
            return self._explainer.explain(evidence, session)
        except Exception as error:
            # the marks are given already; whatever goes wrong in explaining them, the class goes on
            raise_if_over(error)
            session.record.notes.append(Fact("no-cause-looked-for", values={"error": type(error).__name__}))
            return Explained()

    def _evidence(self, runs: list[TestRun], session: Session, seed: int) -> list[TestRun]:
        """Runs from which wrong answers can be explained: on the fixtures that the mistakes were rehearsed on.

        A class is graded on a seed that nobody knows. So what failed there is run once more, for its explanation alone,
        on the seed that the bank of mistakes is made for; what then passes is not explained.
        """
        wrong = {run.question for run in runs if run.outcome == "failed"}
        if seed == self._seed or not wrong:
            return runs
        if self._rehearsed is None:
            kept = KeptValues.of(self._assignment, seed, self._versions)
            self._rehearsed = ReferenceStore(self._assignment, self._spawner, seed, kept=kept)
        beside = session.beside(seed, _SECONDS_OF_EVIDENCE, decides=False)
        found = self._suite.run(beside, self._rehearsed, lambda test: test.question.id in wrong)
        again = {run.test: run for run in found}
        return [again.get(run.test, run) if run.outcome == "failed" else run for run in runs]

    def _result(self, submission: Submission, session: Session, questions: tuple[QuestionResult, ...]) -> Result:
        record, connection = session.record, session.connection
        left = (Fact("left-processes", values={"count": connection.left}),) if connection.left else ()
        facts = (*session.setup.source.left_out, *record.facts, *left)
        return Result(
            student=submission.student,
            assignment=self._assignment.name,
            status=record.status,
            questions=questions,
            message=message(facts),
            facts=facts,
            output=connection.output,
            seconds=connection.timings.total,
            seed=self._seed,
            device=self._device,
            sandbox=summary(connection.sandbox) if connection.sandbox else "",
            versions=self._versions,
        )

    def _without_run(self, submission: Submission, status: str, told: Fact, reason: Fact) -> Result:
        """A result for what was not run: every question, and no points."""
        return Result(
            student=submission.student,
            assignment=self._assignment.name,
            status=status,
            questions=rows_of([TestRun(test, "error", 0.0, (reason,)) for test in self._tests]),
            message=message([told]),
            facts=(told,),
            seed=self._seed,
            device=self._device,
            versions=self._versions,
        )

    def close(self) -> None:
        """Ends the reference's processes."""
        self.store.close()
        if self._rehearsed is not None:
            self._rehearsed.close()
        for one in (self._explainer, self._carrier):
            if one is not None:
                one.close()


def _to_explain(judged: list[TestRun], carried: list[TestRun]) -> list[TestRun]:
    """What is explained: what came of the tests as they are, without what is right on the submission's own groundwork.

    Numbers that were judged on that groundwork are compared with others than those that mistakes are known by.
    """
    return [two if two.outcome == "passed" else one for one, two in zip(judged, carried, strict=True)]


def _with(row: QuestionResult, explained: Explained) -> QuestionResult:
    """A row with what is known of it."""
    located = explained.located.get(row.id)
    facts = (*row.facts, located) if located is not None else row.facts
    return replace(row, facts=facts, message=message(facts), diagnosis=explained.causes.get(row.id))
