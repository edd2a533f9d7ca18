"""The public tests of an assignment, loaded once and run on one text after the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.defaults import DEFAULT_SEED, HELP_LEVELS
from autograder.errors import UsageError
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.forking import Control

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.carrying.carrier import Carrier
    from autograder.engine.later import Later
    from autograder.engine.reference import ReferenceStore
    from autograder.engine.runs import Test
    from autograder.engine.suite import Suite
    from autograder.explain.diagnosis.explainer import Explainer
    from autograder.facts.result import Result
    from autograder.handin.submissions import Submission
    from autograder.isolation.host.spare import SpareTemplate


class Checks:
    """What `autograder check` runs once, and the checker of a notebook again and again.

    Args:
        assignment: The assignment.
        device: `auto`, `cpu` or `gpu:N`.
        sandbox: `auto`, `strict` or `none`.
        seed: Decides all fixtures.
        carries: Whether what builds on wrong functions is judged with them, which takes seconds; otherwise it waits.

    Libraries are imported in the background from the first moment on.
    """

    def __init__(
        self,
        assignment: Assignment,
        device: str = "auto",
        sandbox: str = "auto",
        seed: int = DEFAULT_SEED,
        carries: bool = True,
    ) -> None:
        self.assignment = assignment
        self._carries = carries
        self._device, self._sandbox, self._seed = device, sandbox, seed
        self._template = new_template(assignment.framework)
        self._loaded: _Loaded | None = None
        self._later: tuple[Later, ...] | None = None

    @property
    def later(self) -> tuple[Later, ...]:
        """What is graded only after handing in."""
        from autograder.engine.later import find_later

        if self._later is None:
            self._later = find_later(self.assignment)
        return self._later

    @property
    def versions(self) -> dict[str, str]:
        """Versions of the libraries that submissions run with; waits until they are imported."""
        return self._template.versions

    def load(self) -> _Loaded:
        """The tests and what they need, loaded when this is first called.

        Raises:
            UsageError: When the assignment itself is broken.
        """
        if self._loaded is None:
            # imported while the template imports its libraries
            from autograder.carrying.carrier import Carrier
            from autograder.engine.reference import ReferenceStore
            from autograder.engine.suite import Suite
            from autograder.explain.diagnosis.explainer import Explainer

            suite, spawner = Suite(self.assignment, hidden=False), self._template.control()
            self._loaded = _Loaded(
                suite,
                spawner,
                ReferenceStore(self.assignment, spawner, self._seed),
                Explainer(self.assignment, DEFAULT_SEED),
                Carrier(self.assignment, waits=not self._carries),
            )
        return self._loaded

    def check(
        self,
        submission: Submission,
        questions: Collection[str] = (),
        level: str | None = None,
        known: Mapping[str, bool] | None = None,
    ) -> Checked:
        """The result of some questions, or of all.

        Where one of them is not right, what it builds on is looked at as well: where that is wrong, it says so instead
        of blaming the question.

        Args:
            submission: What is checked.
            questions: Ids; all when there are none.
            level: How much a diagnosis says; by default as much as the assignment's author says.
            known: Whether questions are right, by their ids, as far as it is known.

        Raises:
            UsageError: When there is no such question, or the level says more than the author allows.
        """
        from autograder.engine.open_questions import untouched, with_open
        from autograder.handin.unpacking import Unpacker
        from autograder.isolation.host.users import student_user
        from autograder.isolation.settings import SandboxPolicy

        loaded = self.load()
        loaded.explainer.level = allowed(level, self.assignment)
        tests = loaded.suite.tests
        wanted = list(dict.fromkeys(test.question.id for test in loaded.suite.named(tuple(questions))))
        known = dict(known or {})
        below = [id for id in groundwork(wanted, tests) if not known.get(id)]
        if all(known.get(id, True) for id in below):
            result = self._grade(submission, wanted, loaded)
            rows = result.questions
            lost = [row.id for row in rows if row.outcome != "passed"]
            below = [id for id in groundwork(lost, tests) if id not in wanted and not known.get(id)]
            if below and result.status != "unreadable":
                rows = (*rows, *self._grade(submission, below, loaded, explains=False).questions)
            is_blamed = any(row.outcome != "passed" for row in rows if row.id in below)
        else:
            is_blamed, lost, rows = True, wanted, ()
        if is_blamed:
            result = self._grade(submission, [*below, *lost], loaded)
            rows = (*rows, *result.questions)
        latest = {row.id: row for row in rows}
        unpacker = Unpacker(loaded.spawner, student_user(), SandboxPolicy.named(self._sandbox))
        left = untouched(submission.read(unpacker).code, self.assignment.functions)
        ids = dict.fromkeys(test.question.id for test in tests)
        by_id = {row.id: row for row in with_open([latest[id] for id in ids if id in latest], left)}
        right = {id: row.outcome == "passed" for id, row in by_id.items()}
        return Checked(replace(result, questions=tuple(by_id[id] for id in wanted)), right)

    def _grade(
        self, submission: Submission, questions: Collection[str], loaded: _Loaded, explains: bool = True
    ) -> Result:
        from autograder.engine.grader import Grader
        from autograder.isolation.host.devices import resolve_device
        from autograder.isolation.host.users import student_user
        from autograder.isolation.settings import SandboxPolicy

        grader = Grader(
            self.assignment,
            loaded.spawner,
            seed=self._seed,
            device=resolve_device(self._device, self._template),
            hidden=False,
            only=tuple(questions),
            user=student_user(),
            policy=SandboxPolicy.named(self._sandbox),
            versions=self.versions,
            explainer=loaded.explainer if explains else None,
            carrier=loaded.carrier if explains else None,
            store=loaded.store,
            suite=loaded.suite,
        )
        try:
            return grader.grade(submission).result
        except BaseException:
            # what was interrupted is in no state that the next check can begin with
            self._unload()
            raise

    def _unload(self) -> None:
        if self._loaded is not None:
            self._loaded.close()
            self._loaded = None

    def close(self) -> None:
        """Ends all processes."""
        self._unload()
        self._template.close()


@dataclass(frozen=True)
class Checked:
    """What came of a check.

    Attributes:
        result: The result, with a row for each question that was asked for.
        right: Whether questions are right, also those that were looked at besides.
    """

    result: Result
    right: dict[str, bool]


@dataclass
class _Loaded:
    """What is made once for all checks of an assignment."""

    suite: Suite
    spawner: Control | SpareTemplate
    store: ReferenceStore
    explainer: Explainer
    carrier: Carrier

    def close(self) -> None:
        """Ends its processes, and the line to the template: what was interrupted may still be on it."""
        for one in (self.store, self.explainer, self.carrier):
            one.close()
        if isinstance(self.spawner, Control):
            self.spawner.close()


def print_of(folder: Path) -> list[tuple[str, int]]:
    """When the files of an assignment were written."""
    # not what a student saves there, and what a search leaves
    names = ("*.toml", "starter.py", "solution.py", "tests/*.py", "rewrites/*.py", "expected/*")
    common = sorted((folder.parent / "common").glob("*.py"))
    files = [*common, *(path for name in names for path in sorted(folder.glob(name)))]
    return [(str(path), path.stat().st_mtime_ns) for path in files]


def groundwork(questions: Collection[str], tests: Sequence[Test]) -> list[str]:
    """What questions build on, without themselves, in the order of the tests."""
    after: dict[str, set[str]] = {}
    for test in tests:
        after.setdefault(test.question.id, set()).update(test.question.after)
    found: set[str] = set()
    waiting = list(questions)
    while waiting:
        for id in after.get(waiting.pop(), set()) - found:
            found.add(id)
            waiting.append(id)
    return [id for id in after if id in found - set(questions)]


def allowed(level: str | None, assignment: Assignment) -> str:
    """The help that was asked for, no more than the assignment's author allows."""
    if level is not None and level not in HELP_LEVELS:
        raise UsageError(f"expected a help level of {', '.join(HELP_LEVELS)}; received {level!r}")
    if level is not None and HELP_LEVELS.index(level) > HELP_LEVELS.index(assignment.help_limit):
        raise UsageError(
            f"{assignment.name} gives help up to --help-level {assignment.help_limit}; {level} would say more"
        )
    return level or assignment.help
