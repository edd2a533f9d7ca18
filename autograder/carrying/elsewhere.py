"""What a mistake costs in questions other than its own, when a submission that has it is graded with carrying."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.carrying.carrier import Carrier
from autograder.engine.grader import Grader
from autograder.engine.workers import TaskBounds, work_through
from autograder.explain.mutation.bank import Bank, Progress, silent
from autograder.explain.mutation.mutants import with_change
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import Template
from autograder.isolation.host.starting import Spawner
from autograder.isolation.settings import SandboxPolicy


@dataclass(frozen=True)
class Task:
    """A mistake to be graded.

    Attributes:
        numbers: Numbers in the bank of mistakes of one kind in one function: the first stands for all.
        source: The function with the first.
        home: The question that it belongs to.
    """

    numbers: tuple[int, ...]
    source: str
    home: str


@dataclass(frozen=True)
class Costing:
    """The job of a worker that grades mistakes.

    Attributes:
        assignment: The assignment.
        seed: The run's seed.
    """

    assignment: Assignment
    seed: int

    @property
    def framework(self) -> str:
        """Which template is needed."""
        return self.assignment.framework

    @property
    def bounds(self) -> TaskBounds:
        """The solution's own mistakes are no danger."""
        return TaskBounds()

    def begin(self, spawner: Spawner, versions: dict[str, str], number: int) -> _Coster:
        """In a worker process: its grader."""
        carrier = Carrier(self.assignment)
        grader = Grader(self.assignment, spawner, seed=self.seed, policy=SandboxPolicy(()), carrier=carrier)
        return _Coster(grader, self.assignment.solution.read_text("utf-8"))


class _Coster:
    def __init__(self, grader: Grader, solution: str) -> None:
        self._grader = grader
        self._solution = solution

    def do(self, task: Task) -> float:
        """The points that are lost in other questions."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "submission.py"
            path.write_text(with_change(self._solution, task.source), "utf-8")
            rows = self._grader.grade(Submission("submission", path)).result.questions
        return sum(row.max_points - row.points for row in rows if row.id != task.home)

    def close(self) -> None:
        """Ends what grades."""
        self._grader.close()


def lost_elsewhere(
    bank: Bank, assignment: Assignment, template: Template, seed: int, workers: int, progress: Progress = silent
) -> dict[int, float]:
    """Points that mistakes lose in other questions, by number; of each kind in each function one is graded."""
    fails: dict[int, set[str]] = {}
    for test, found in bank.answers.items():
        for one in found:
            if one.share < 1:
                fails.setdefault(one.mutant, set()).add(bank.questions[test])
    alike: dict[tuple[str, str], list[int]] = {}
    for number, mutant in enumerate(bank.mutants):
        home = bank.homes[number]
        if home and fails.get(number, set()) - {home}:
            alike.setdefault((mutant.function, mutant.code), []).append(number)
    tasks = [Task(tuple(own), bank.mutants[own[0]].source, bank.homes[own[0]]) for own in alike.values()]
    lost: dict[int, float] = {}
    job = Costing(assignment, seed)
    with progress(len(tasks), "grading mistakes with carrying, kinds tried") as advance:
        for task, answer, _ in work_through(job, tasks, template, workers):
            if answer is not None:
                lost |= dict.fromkeys(task.numbers, answer)
            advance()
    return lost
