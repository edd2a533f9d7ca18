"""Trying an author's right and wrong answers on many seeds: what each earns, and what is told of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.authoring.attempts import Attempt
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import rows_of
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.engine.suite import Suite
from autograder.engine.workers import TaskBounds, work_through
from autograder.explain.diagnosis.explainer import Explainer
from autograder.facts.fact import Fact, Place
from autograder.facts.result import QuestionResult, Result
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import Template
from autograder.isolation.host.starting import Spawner
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import SandboxPolicy
from autograder.words import because, message

# beyond the limits of a submission on each seed: starting its processes, and the reference's answers
_SPARE_SECONDS = 300.0


def seeds_of(count: int) -> tuple[int, ...]:
    """The seeds that are tried: the one that students check with, and others."""
    return (DEFAULT_SEED, *range(1, count))


@dataclass(frozen=True)
class Seen:
    """What an answer earned on one seed, in the questions that it was tried in.

    Attributes:
        seed: The seed.
        points: What it earned.
        max_points: What there was to be earned.
        missed: The questions in which it did not earn everything, each with what was told first.
    """

    seed: int
    points: float
    max_points: float
    missed: tuple[tuple[str, str], ...]

    @property
    def is_full(self) -> bool:
        """Whether it earned everything."""
        return not self.missed


@dataclass(frozen=True)
class Tried:
    """What came of an attempt.

    Attributes:
        attempt: The attempt.
        seen: What it earned on each seed; fewer where it ran into a time limit.
        told: What its student reads, on the first seed; "" for full marks.
        codes: Kinds of mistake that were told as causes, on the first seed.
        lost: Why it could not be tried, or "".
        compares: Whether a cause is looked for in its question at all.
    """

    attempt: Attempt
    seen: tuple[Seen, ...] = ()
    told: str = ""
    codes: tuple[str, ...] = ()
    lost: str = ""
    compares: bool = True

    @property
    def failed(self) -> tuple[Seen, ...]:
        """The seeds on which it is not as it should be: right with points lost, or wrong with full marks."""
        return tuple(one for one in self.seen if one.is_full != self.attempt.is_right)

    @property
    def mislabelled(self) -> str:
        """What is told in place of the cause that the author found true, or ""."""
        attempt = self.attempt
        if attempt.is_right or not self.compares or not (attempt.causes or attempt.named):
            return ""
        told = ", ".join(self.codes) or "no cause"
        if attempt.named == "no":
            return told if self.codes else ""
        if attempt.named and not self.codes:
            return "" if self.told else told
        return "" if set(self.codes[:1]) & set(attempt.causes) else told

    @property
    def is_as_expected(self) -> bool:
        """Whether nothing is to be looked at."""
        return not (self.lost or self.failed or self.mislabelled)


@dataclass(frozen=True)
class Trying:
    """What all workers do alike.

    Attributes:
        assignment: The assignment.
        seeds: The seeds; causes are told on the first.
        policy: What is asked of the sandbox.
    """

    assignment: Assignment
    seeds: tuple[int, ...]
    policy: SandboxPolicy

    @property
    def framework(self) -> str:
        """Which template is needed."""
        return self.assignment.framework

    @property
    def bounds(self) -> TaskBounds:
        """What one attempt may take."""
        return TaskBounds(2 * len(self.seeds) * self.assignment.limits.seconds_per_submission + _SPARE_SECONDS)

    def begin(self, spawner: Spawner, versions: dict[str, str], number: int) -> Trier:
        """In a worker process."""
        return Trier(self, spawner, student_user(number))


class Trier:
    """Tries one attempt after the other."""

    def __init__(self, job: Trying, spawner: Spawner, user: int | None) -> None:
        self._job = job
        self._spawner = spawner
        self._user = user
        self._suite = Suite(job.assignment)
        self._explainer = Explainer(job.assignment, DEFAULT_SEED)
        self._stores = {seed: ReferenceStore(job.assignment, spawner, seed) for seed in job.seeds}

    def do(self, attempt: Attempt) -> Tried:
        """Tries one attempt on all seeds."""
        with tempfile.TemporaryDirectory() as folder:
            path = attempt.path
            if attempt.text:
                path = Path(folder) / self._job.assignment.submission
                path.write_text(attempt.text, "utf-8")
            submission = Submission(path.stem, path.absolute())
            result = self._graded(submission, attempt.questions)
            seen = [_seen(self._job.seeds[0], result.questions)]
            if result.status == "graded":
                seen += self._on_other_seeds(submission, attempt.questions)
        wrong = [row for row in result.questions if row.points < row.max_points]
        left_out = set(self._job.assignment.unrehearsed)
        told = [_told(row, attempt.lines) for row in wrong]
        # the first question is the one that the others build on
        codes = [row.diagnosis.code for row in wrong if row.diagnosis is not None]
        if result.status == "unreadable":
            told = [result.message]
        return Tried(
            attempt, tuple(seen), next(iter(told), ""), tuple(codes), compares=not left_out & {row.id for row in wrong}
        )

    def _graded(self, submission: Submission, questions: tuple[str, ...]) -> Result:
        """The first seed, as `grade` does it, causes included."""
        seed = self._job.seeds[0]
        grader = Grader(
            self._job.assignment,
            self._spawner,
            seed=seed,
            only=questions,
            user=self._user,
            policy=self._job.policy,
            explainer=self._explainer,
            store=self._stores[seed],
            suite=self._suite,
        )
        return grader.grade(submission).result

    def _on_other_seeds(self, submission: Submission, questions: tuple[str, ...]) -> Iterator[Seen]:
        """The other seeds, one after the other in one process."""
        limits = self._job.assignment.limits
        setup = Setup(
            self._spawner,
            submission.read().source,
            limits,
            user=self._user,
            policy=self._job.policy,
            data=self._job.assignment.data,
            without=self._job.assignment.without,
            forbidden=self._suite.forbidden,
        )
        wanted = self._suite.named(questions)
        session = Session(setup)
        try:
            for seed in self._job.seeds[1:]:
                beside = session.beside(seed, limits.seconds_per_submission)
                yield _seen(seed, rows_of(self._suite.run(beside, self._stores[seed], wanted.__contains__)))
                if beside.record.status == "timeout":
                    return
        finally:
            session.close()

    def close(self) -> None:
        """Ends its processes."""
        self._explainer.close()
        for store in self._stores.values():
            store.close()


def tried(job: Trying, attempts: Sequence[Attempt], template: Template, workers: int) -> Iterator[Tried]:
    """What comes of attempts, each as soon as it is known.

    Raises:
        UsageError: When the assignment itself is broken.
    """
    for attempt, found, reason in work_through(job, attempts, template, workers):
        yield found or Tried(attempt, lost=reason)


def _seen(seed: int, rows: Sequence[QuestionResult]) -> Seen:
    missed = tuple((row.id, row.message.partition("\n")[0]) for row in rows if row.points < row.max_points)
    return Seen(seed, sum(row.points for row in rows), sum(row.max_points for row in rows), missed)


def _told(row: QuestionResult, lines: int) -> str:
    """What a student reads of a question, with lines counted in the author's own file."""
    facts = message([_moved(fact, lines) for fact in row.facts])
    if row.diagnosis is None or not row.diagnosis.text:
        return facts
    causes = [because(replace(cause, place=_place(cause.place, lines))) for cause in row.diagnosis.causes]
    return " ".join(causes) or row.cause


def _moved(value: Any, lines: int) -> Any:
    """A fact, and the facts in it, with their lines counted so."""
    if not isinstance(value, Fact):
        return value
    values = {name: _moved(inner, lines) for name, inner in value.values.items()}
    return replace(value, values=values, place=_place(value.place, lines))


def _place(place: Place | None, lines: int) -> Place | None:
    if place is None or place.line <= lines:
        return place
    return replace(place, line=place.line - lines, until=max(0, place.until - lines))
