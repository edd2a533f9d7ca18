"""The bank of wrong answers: what each mutant of a solution returns in each test, recorded once.

A student's wrong answer is looked up here. Numbers are kept as the few that `leaves.sketch` makes of an array, so that
a bank of a thousand mutants is a small file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from autograder.assignment.definition import Assignment
from autograder.assignment.fixtures import sizes_in_words
from autograder.engine.observed import Observed
from autograder.engine.reference import ReferenceStore
from autograder.engine.workers import TaskBounds, work_through
from autograder.errors import UsageError
from autograder.explain.leaves import Axis, Leaf, sizes_of
from autograder.explain.mutation.equivalence import equivalents
from autograder.explain.mutation.extra import Extra
from autograder.explain.mutation.homes import homes_of
from autograder.explain.mutation.mutants import Mutant, mutants_of
from autograder.explain.mutation.rehearsal import Rehearsal, Rehearsed, Survey
from autograder.explain.mutation.roles import callers, roles_of, rows_of
from autograder.isolation.host.choice import Template
from autograder.isolation.host.forking import ForkingTemplate
from autograder.isolation.host.starting import Spawner

# few enough that no worker waits long for another, many enough that a session of pytest is worth it
_TASKS_A_WORKER = 8
_MOST_MUTANTS_A_TASK = 48


class Progress(Protocol):
    """Whatever shows how far a long piece of work is, such as `autograder.cli.progress.progress`."""

    def __call__(self, total: int, what: str, begins: str = "") -> AbstractContextManager[Callable[[], None]]:
        """Begins; the function that it gives moves it on by one."""


@contextmanager
def silent(total: int, what: str, begins: str = "") -> Iterator[Callable[[], None]]:
    """Shows nothing."""
    yield lambda: None


@dataclass(frozen=True)
class WrongAnswer:
    """What one mutant did in one test.

    Attributes:
        mutant: Its number in the bank.
        outcome: As in a result.
        message: What the failure says.
        leaves: What its calls returned.
        share: Part of the test's points that it earns.
    """

    mutant: int
    outcome: str
    message: str
    leaves: tuple[Leaf, ...]
    share: float = 1.0


@dataclass
class Bank:
    """All mutants of a solution, and what they return.

    Attributes:
        mutants: The mutants.
        right: What the solution returns, by test.
        questions: The question of each test.
        calls: Functions of the solution that each test calls.
        answers: What the mutants that took part in a test did there, by test.
        equivalent: Numbers of the mutants that cannot be told from the solution.
        complaints: Mistakes in the assignment's own operators, a line each.
        homes: The question whose solution has the line of each mutant, or "".
        points: Points of each test.
        hidden: The tests that students do not have.
        elsewhere: Points that a mutant loses in other questions where marks are carried, as far as an audit has graded
            them; None before.
    """

    mutants: list[Mutant] = field(default_factory=list)
    right: dict[str, tuple[Leaf, ...]] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    calls: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answers: dict[str, list[WrongAnswer]] = field(default_factory=dict)
    equivalent: list[int] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    points: dict[str, float] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    elsewhere: dict[int, float] | None = None

    @property
    def let_through(self) -> list[int]:
        """Numbers of the mutants that failed no test, the equivalent ones included."""
        caught = {one.mutant for found in self.answers.values() for one in found if one.outcome != "passed"}
        seen = {one.mutant for found in self.answers.values() for one in found}
        return [number for number in range(len(self.mutants)) if number in seen and number not in caught]


@dataclass(frozen=True)
class Rehearsing:
    """The job of a worker that rehearses mutants.

    Attributes:
        assignment: The assignment.
        seed: The run's seed.
        tests: Names of the tests to run, by the function that a mutant is of.
        values: The reference's values, as the survey left them.
    """

    assignment: Assignment
    seed: int
    tests: dict[str, frozenset[str]]
    values: dict[str, bytes]

    @property
    def framework(self) -> str:
        """Which template is needed."""
        return self.assignment.framework

    @property
    def bounds(self) -> TaskBounds:
        """The solution's own mistakes are no danger."""
        return TaskBounds()

    def begin(self, spawner: Spawner, versions: dict[str, str], number: int) -> _Rehearser:
        """In a worker process: where it rehearses."""
        return _Rehearser(self, spawner)


class _Rehearser:
    def __init__(self, job: Rehearsing, spawner: Spawner) -> None:
        self._job = job
        self._store = ReferenceStore(job.assignment, spawner, job.seed, known=job.values)
        self._rehearsal = Rehearsal(job.assignment, spawner, self._store, job.seed)

    def do(self, task: list[tuple[int, Mutant]]) -> list[tuple[int, tuple[Rehearsed, ...]]]:
        """Rehearses some mutants."""
        found: list[tuple[int, tuple[Rehearsed, ...]]] = []
        numbers = {id(mutant): number for number, mutant in task}
        self._rehearsal.rehearse(
            [mutant for _, mutant in task],
            lambda mutant: set(self._job.tests[mutant.owner]),
            lambda mutant, runs: found.append((numbers[id(mutant)], runs)),
        )
        return found

    def close(self) -> None:
        """Ends the reference's process."""
        self._store.close()


def learn(
    assignment: Assignment,
    template: Template,
    seed: int,
    workers: int = 2,
    progress: Progress = silent,
) -> Bank:
    """Rehearses every mutant of an assignment's solution."""
    if not assignment.solution.is_file():
        raise UsageError(f"{assignment.folder} has no solution.py to make mistakes in")
    solution = assignment.solution.read_text("utf-8")
    survey = _survey(assignment, template, seed)
    reached = callers(solution)
    tests = {
        function: frozenset(test for test, called in survey.calls.items() if _touches(reached[function], called))
        for function in reached
    }
    roles = roles_of(survey.shapes, solution)
    rows = rows_of(solution, roles)
    declared = sizes_in_words(assignment)
    bank = Bank(
        right={run.test: _sized(run.leaves, survey.observed[run.test], rows, declared) for run in survey.runs},
        questions={run.test: run.question for run in survey.runs},
        calls={test: tuple(name for name in called if name in reached) for test, called in survey.calls.items()},
        answers={run.test: [] for run in survey.runs},
        points={run.test: run.points for run in survey.runs},
        hidden=[run.test for run in survey.runs if run.is_hidden],
    )
    functions = [function for function, found in tests.items() if found]
    extra = Extra(assignment)
    bank.mutants = mutants_of(solution, functions, roles, extra.operators, extra.broken)
    bank.complaints = extra.complaints
    homes = homes_of(solution)
    bank.homes = [homes.get(one.line, "") for one in bank.mutants]
    numbered = list(enumerate(bank.mutants))
    size = max(1, min(_MOST_MUTANTS_A_TASK, len(numbered) // (_TASKS_A_WORKER * workers)))
    tasks = [numbered[start : start + size] for start in range(0, len(numbered), size)]
    job = Rehearsing(assignment, seed, tests, survey.values)
    begins = f"learning to explain wrong answers, once per assignment: {len(numbered)} mistakes are tried"
    with progress(len(numbered), "mistakes tried", begins) as advance:
        for task, answer, _ in work_through(job, tasks, template, workers):
            for number, runs in answer or ():
                for run in runs:
                    bank.answers[run.test].append(WrongAnswer(number, run.outcome, run.message, run.leaves, run.share))
            for _ in task:
                advance()
    for found in bank.answers.values():
        found.sort(key=lambda one: one.mutant)
    suspects = bank.let_through
    with _line(template) as spawner:
        same = equivalents(assignment, spawner, [bank.mutants[number] for number in suspects], tests, reached)
    bank.equivalent = [number for number, alike in zip(suspects, same, strict=True) if alike]
    return bank


@contextmanager
def _line(template: Template) -> Iterator[Spawner]:
    """Where processes come from, for as long as the block runs."""
    if not isinstance(template, ForkingTemplate):
        yield template
        return
    control = template.control()
    try:
        yield control
    finally:
        control.close()


def _sized(
    leaves: tuple[Leaf, ...], observed: tuple[Observed, ...], rows: Mapping[str, Axis], declared: list[dict[str, int]]
) -> tuple[Leaf, ...]:
    """The solution's leaves with the sizes that a factor may come from."""
    sizes = [sizes_of(one.arguments, rows.get(one.name), declared) for one in observed]
    return tuple(replace(leaf, sizes=sizes[leaf.call]) for leaf in leaves)


def _touches(reaching: set[str], called: tuple[str, ...]) -> bool:
    return bool(reaching & set(called))


def _survey(assignment: Assignment, template: Template, seed: int) -> Survey:
    with _line(template) as spawner:
        store = ReferenceStore(assignment, spawner, seed)
        try:
            survey = replace(Rehearsal(assignment, spawner, store, seed).survey(), values=store.values)
        finally:
            store.close()
    for run in survey.runs:
        if run.outcome != "passed":
            raise UsageError(f"the solution of {assignment.name} does not pass {run.test}: {run.message}")
    return survey
