"""A class, graded by worker processes. Results come back as they are finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Carrying, Explaining, Graded, Grader
from autograder.engine.workers import TaskBounds, work_through
from autograder.facts.fact import Fact
from autograder.facts.result import Result
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import Template
from autograder.isolation.host.clock import PATIENCE
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
    """

    assignment: Assignment
    seed: int
    device: str
    policy: SandboxPolicy = AUTO
    explaining: Callable[[Assignment, int], Explaining] | None = None
    carrying: Callable[[Assignment], Carrying] | None = None

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
            )
        )


@dataclass
class Grading:
    """A worker's grader."""

    grader: Grader

    def do(self, submission: Submission) -> Graded:
        """Grades one submission."""
        return self.grader.grade(submission)

    def close(self) -> None:
        """Ends the reference's process."""
        self.grader.close()


def grade_class(plan: Plan, submissions: list[Submission], template: Template, workers: int) -> Iterator[Graded]:
    """Grades submissions, giving each result as soon as it stands.

    What ran into a time limit while others were graded may have had too little of the machine: it is graded once more
    at the end, alone, and that stands. So is what could not be judged because the machine was too busy; if it still
    cannot be, the next run does it again.

    Raises:
        UsageError: When the assignment itself is broken.
    """
    again: list[Submission] = []
    for submission, graded, reason in work_through(plan, submissions, template, workers):
        if graded is not None and graded.timed_out and (not graded.final or min(workers, len(submissions)) > 1):
            again.append(submission)
        else:
            yield graded or _lost(plan, submission, reason)
    for submission, graded, reason in work_through(plan, again, template, 1):
        yield graded or _lost(plan, submission, reason)


def _lost(plan: Plan, submission: Submission, reason: str) -> Graded:
    facts = (Fact("lost", values={"reason": reason}),)
    name = plan.assignment.name
    result = Result(submission.student, name, "crashed", message=message(facts), facts=facts, seed=plan.seed)
    return Graded(submission, result, final=False)
