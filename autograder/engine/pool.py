"""A class, graded by worker processes. Results come back as they are finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.assignment import Assignment
from autograder.engine.grading import Grader
from autograder.engine.session import Spawner
from autograder.engine.workers import work_through
from autograder.explain.explainer import Explainer
from autograder.isolation.forking import student_user
from autograder.isolation.settings import AUTO, SandboxPolicy
from autograder.isolation.templates import Template
from autograder.records.result import Result
from autograder.submissions import Submission


@dataclass(frozen=True)
class Plan:
    """What all workers do alike.

    Attributes:
        assignment: The assignment.
        seed: The run's seed.
        device: `cpu` or `gpu:N`.
        policy: What is asked of the sandbox.
    """

    assignment: Assignment
    seed: int
    device: str
    policy: SandboxPolicy = AUTO

    @property
    def framework(self) -> str:
        """Which template is needed."""
        return self.assignment.framework

    def begin(self, spawner: Spawner, versions: dict[str, str], number: int) -> Grading:
        """In a worker process: its grader."""
        return Grading(
            Grader(
                self.assignment,
                spawner,
                lambda: spawner,
                seed=self.seed,
                device=self.device,
                user=student_user(number),
                policy=self.policy,
                versions=versions,
                explainer=Explainer(self.assignment, self.seed),
            )
        )


@dataclass
class Grading:
    """A worker's grader."""

    grader: Grader

    def do(self, submission: Submission) -> tuple[Result, str]:
        """Grades one submission: its result, and the fingerprint of the bytes that were graded."""
        reading = submission.read()
        return self.grader.grade(submission, reading)[0], reading.fingerprint

    def close(self) -> None:
        """Ends the reference's process."""
        self.grader.close()


def grade_class(
    plan: Plan, submissions: list[Submission], template: Template, workers: int
) -> Iterator[tuple[Submission, Result, str]]:
    """Grades submissions, giving each result as soon as it is there.

    Args:
        plan: What to do.
        submissions: What to grade.
        template: Where student processes come from.
        workers: How many to grade at once.

    Yields:
        Submission, result and the fingerprint of what was graded, in the order of finishing. The fingerprint is ""
        where grading was given up: the next run tries again.

    Raises:
        UsageError: When the assignment itself is broken.
    """
    for submission, answer in work_through(plan, submissions, template, workers):
        result, graded = answer or (_lost(plan, submission), "")
        yield submission, result, graded


def _lost(plan: Plan, submission: Submission) -> Result:
    message = "the grader itself ended while grading this submission, twice; please report it"
    return Result(submission.student, plan.assignment.name, "crashed", message=message, seed=plan.seed)
