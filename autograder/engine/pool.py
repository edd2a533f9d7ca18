"""A class, graded by worker processes that share one template. Results come back as they are finished."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import signal
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from autograder.assignment import Assignment
from autograder.engine.grading import Grader
from autograder.engine.session import Timings
from autograder.errors import UsageError
from autograder.isolation.forking import student_user
from autograder.isolation.settings import AUTO, SandboxPolicy
from autograder.isolation.templates import Share, Template, share, spawner_of
from autograder.records.result import Result
from autograder.submissions import Submission

# a worker that dies with a submission is replaced; the submission is tried once more, then recorded as crashed
_TRIES = 2


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


def grade_class(
    plan: Plan, submissions: list[Submission], template: Template, workers: int
) -> Iterator[tuple[Submission, Result, Timings]]:
    """Grades submissions, giving each result as soon as it is there.

    Args:
        plan: What to do.
        submissions: What to grade.
        template: Where student processes come from.
        workers: How many to grade at once.

    Yields:
        Submission, result and timings, in the order of finishing.

    Raises:
        UsageError: When the assignment itself is broken.
    """
    waiting = deque((submission, 1) for submission in submissions)
    team = [_Worker(plan, template, number) for number in range(min(workers, len(submissions)))]
    try:
        for worker in team:
            worker.give(waiting)
        while any(worker.task for worker in team):
            busy = {worker.connection: worker for worker in team if worker.task}
            for connection in multiprocessing.connection.wait(list(busy)):
                worker = busy[connection]  # type: ignore[index]
                submission, tries = worker.task or (submissions[0], 1)
                try:
                    answer = worker.connection.recv()
                except (EOFError, OSError):
                    worker.replace()
                    if tries < _TRIES:
                        waiting.appendleft((submission, tries + 1))
                    else:
                        yield submission, _lost(plan, submission), Timings()
                    worker.give(waiting)
                    continue
                if isinstance(answer, UsageError):
                    raise answer
                worker.give(waiting)
                yield submission, *answer
    finally:
        for worker in team:
            worker.end()


def _lost(plan: Plan, submission: Submission) -> Result:
    message = "the grader itself ended while grading this submission, twice; please report it"
    return Result(submission.student, plan.assignment.name, "crashed", message=message, seed=plan.seed)


class _Worker:
    """One worker process and the submission it has."""

    def __init__(self, plan: Plan, template: Template, number: int) -> None:
        self._plan = plan
        self._template = template
        self._number = number
        self.task: tuple[Submission, int] | None = None
        self.replace()

    def replace(self) -> None:
        """Starts a process in place of one that is gone."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        shared = share(self._template)
        self._process: BaseProcess = context.Process(
            target=_work,
            args=(theirs, self._plan, shared, self._number),
            daemon=True,
        )
        self._process.start()
        theirs.close()
        if shared.connection is not None:
            shared.connection.close()

    def give(self, waiting: deque[tuple[Submission, int]]) -> None:
        """Hands over the next submission, if there is one."""
        self.task = waiting.popleft() if waiting else None
        if self.task is not None:
            with contextlib.suppress(OSError):
                self.connection.send(self.task[0])

    def end(self) -> None:
        """Ends the process; a submission that it still has is not recorded."""
        self.connection.close()
        if self.task is not None:
            self._process.terminate()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()


def _work(connection: Connection, plan: Plan, shared: Share, number: int) -> None:
    """Runs in a worker process: grades what comes until the connection closes."""
    # Ctrl-C reaches the whole group; the parent decides, and ends us by closing the connection
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spawner = spawner_of(shared, plan.assignment.framework)
    grader = Grader(
        plan.assignment,
        spawner,
        lambda: spawner,
        seed=plan.seed,
        device=plan.device,
        user=student_user(number),
        policy=plan.policy,
        versions=shared.versions,
    )
    with contextlib.suppress(EOFError, OSError):
        while True:
            submission: Submission = connection.recv()
            try:
                connection.send(grader.grade(submission))
            except UsageError as error:
                connection.send(error)
    grader.close()
    spawner.close()
