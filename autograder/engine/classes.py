"""A class, graded by worker processes. Results come back as they are finished."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Carrying, Explaining, Graded, Grader
from autograder.engine.kept_values import KeptValues
from autograder.engine.reference import ReferenceStore
from autograder.engine.workers import TaskBounds, work_through
from autograder.facts.fact import Fact
from autograder.facts.result import Result
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import Template
from autograder.isolation.host.clock import PATIENCE
from autograder.isolation.host.process import StudentProcess
from autograder.isolation.host.starting import Spawner
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import AUTO, SandboxPolicy
from autograder.words import message

# beyond twice the limits of a submission: starting its processes, of which there may be one for each question
_SPARE_SECONDS = 120.0
# beyond what a worker has when it begins
_MEMORY_MB = 320


@dataclass(frozen=True)
class Plan:
    """What all workers do alike.

    Attributes:
        assignment: The assignment.
        seed: The run's seed.
        device: `cpu` or `gpu:N`.
        policy: What is asked of the sandbox.
        explaining: Makes what says why answers are wrong, such as `Explainer`; nobody does when it is None.
        carrying: Makes what judges questions on a submission's own groundwork, such as `Carrier`; None: nobody does.
        known: Values of the reference that were computed before, as `ReferenceStore.values` gives them.
    """

    assignment: Assignment
    seed: int
    device: str
    policy: SandboxPolicy = AUTO
    explaining: Callable[[Assignment, int], Explaining] | None = None
    carrying: Callable[[Assignment], Carrying] | None = None
    known: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def framework(self) -> str:
        """Which template is needed."""
        return self.assignment.framework

    @property
    def bounds(self) -> TaskBounds:
        """What one submission may take of its grader: its own limits, and as long again to compare and explain."""
        seconds = 2 * self.assignment.limits.seconds_per_submission + _SPARE_SECONDS
        return TaskBounds(seconds, _MEMORY_MB, PATIENCE)

    def begin(self, spawner: Spawner, versions: dict[str, str], number: int) -> Grading:
        """In a worker process: its grader."""
        kept = KeptValues.of(self.assignment, self.seed, versions)
        return Grading(
            Grader(
                self.assignment,
                spawner,
                seed=self.seed,
                device=self.device,
                user=student_user(number),
                policy=self.policy,
                versions=versions,
                explainer=self.explaining(self.assignment, DEFAULT_SEED) if self.explaining else None,
                carrier=self.carrying(self.assignment) if self.carrying else None,
                store=ReferenceStore(self.assignment, spawner, self.seed, known=dict(self.known), kept=kept),
            )
        )


@dataclass
class Grading:
    """A worker's grader."""

    grader: Grader

    def do(self, submission: Submission) -> Graded:
        """Grades one submission."""
        kills = StudentProcess.kills
        graded = self.grader.grade(submission)
        return replace(graded, killed=StudentProcess.kills > kills)

    def close(self) -> None:
        """Ends the reference's process."""
        self.grader.close()


class Graders(Protocol):
    """Whatever grades submissions, several at a time: processes of this machine, or a cluster."""

    @property
    def count(self) -> int:
        """How many submissions are graded at a time."""

    def grade(
        self, plan: Plan, submissions: list[Submission], alone: bool = False
    ) -> Iterator[tuple[Submission, Graded | None, str]]:
        """Each submission with what came of it, or None and why nothing did, as they are finished.

        Args:
            plan: What all of them are graded by.
            submissions: What is graded.
            alone: One at a time.
        """


@dataclass(frozen=True)
class LocalGraders:
    """Processes of this machine.

    Attributes:
        template: Where their student processes come from.
        count: How many there are.
    """

    template: Template
    count: int

    def grade(
        self, plan: Plan, submissions: list[Submission], alone: bool = False
    ) -> Iterator[tuple[Submission, Graded | None, str]]:
        """Each submission with what came of it."""
        return work_through(plan, submissions, self.template, 1 if alone else self.count)


def with_reference(plan: Plan, template: Template) -> Plan:
    """The plan with the values of the reference that grading asks for: computed once, and not by each grader.

    Raises:
        UsageError: When the assignment itself is broken.
    """
    with contextlib.closing(template.control()) as spawner:
        grading = plan.begin(spawner, template.versions, 0)
        try:
            grading.do(Submission("reference", plan.assignment.solution))
            return replace(plan, known=grading.grader.store.values)
        finally:
            grading.close()


def grade_class(plan: Plan, submissions: list[Submission], graders: Graders) -> Iterator[Graded]:
    """Grades submissions, giving each result as soon as it stands.

    What ran into a time limit while others were graded may have had too little of the machine: it is graded once more
    at the end, alone, and that stands. So is what had a process killed, which need not have been its own doing, and
    what could not be judged because the machine was too busy; if that still cannot be, the next run does it again.

    Raises:
        UsageError: When the assignment itself is broken.
    """
    again: list[Submission] = []
    had_company = min(graders.count, len(submissions)) > 1
    for submission, graded, reason in graders.grade(plan, submissions):
        if graded is not None and (graded.killed or (graded.timed_out and (had_company or not graded.final))):
            again.append(submission)
        else:
            yield graded or _lost(plan, submission, reason)
    for submission, graded, reason in graders.grade(plan, again, alone=True):
        yield graded or _lost(plan, submission, reason)


def _lost(plan: Plan, submission: Submission, reason: str) -> Graded:
    facts = (Fact("lost", values={"reason": reason}),)
    name = plan.assignment.name
    # nobody knows what it would have earned: the next run grades it
    result = Result(submission.student, name, "waiting", message=message(facts), facts=facts, seed=plan.seed)
    return Graded(submission, result, final=False)
