"""The public tests of an assignment, loaded once and run on one text after the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from autograder.defaults import DEFAULT_SEED, HELP_LEVELS
from autograder.errors import UsageError
from autograder.isolation.host.choice import new_template

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

            suite = Suite(self.assignment, hidden=False)
            self._loaded = _Loaded(
                suite,
                ReferenceStore(self.assignment, self._template.control(), self._seed),
                Explainer(self.assignment, DEFAULT_SEED),
                Carrier(self.assignment, waits=not self._carries),
            )
        return self._loaded

    def check(
        self,
        submission: Submission,
        questions: Collection[str] = (),
        level: str | None = None,
    ) -> Result:
        """The result of some questions, or of all.

        Of what a question builds on, the tests are run as well: where that is wrong, it says so instead of blaming
        the question.

        Args:
            submission: What is checked.
            questions: Ids; all when there are none.
            level: How much a diagnosis says; by default as much as the assignment's author says.

        Raises:
            UsageError: When there is no such question, or the level says more than the author allows.
        """
        from autograder.engine.grader import Grader
        from autograder.isolation.host.devices import resolve_device
        from autograder.isolation.host.users import student_user
        from autograder.isolation.settings import SandboxPolicy

        loaded = self.load()
        loaded.explainer.level = allowed(level, self.assignment)
        wanted = list(dict.fromkeys(test.question.id for test in loaded.suite.named(tuple(questions))))
        grader = Grader(
            self.assignment,
            self._template.control(),
            seed=self._seed,
            device=resolve_device(self._device, self._template),
            hidden=False,
            only=tuple(with_groundwork(wanted, loaded.suite.tests)),
            user=student_user(),
            policy=SandboxPolicy.named(self._sandbox),
            versions=self.versions,
            explainer=loaded.explainer,
            carrier=loaded.carrier,
            store=loaded.store,
            suite=loaded.suite,
        )
        try:
            result = grader.grade(submission).result
        except BaseException:
            # what was interrupted is in no state that the next check can begin with
            self._unload()
            raise
        return replace(result, questions=tuple(row for row in result.questions if row.id in wanted))

    def _unload(self) -> None:
        if self._loaded is not None:
            self._loaded.close()
            self._loaded = None

    def close(self) -> None:
        """Ends all processes."""
        self._unload()
        self._template.close()


@dataclass
class _Loaded:
    """What is made once for all checks of an assignment."""

    suite: Suite
    store: ReferenceStore
    explainer: Explainer
    carrier: Carrier

    def close(self) -> None:
        """Ends its processes."""
        for one in (self.store, self.explainer, self.carrier):
            one.close()


def with_groundwork(wanted: Sequence[str], tests: Sequence[Test]) -> list[str]:
    """Questions with those that they build on, in the order of the tests."""
    after: dict[str, set[str]] = {}
    for test in tests:
        after.setdefault(test.question.id, set()).update(test.question.after)
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += after.get(id, ())
    return [id for id in after if id in found]


def allowed(level: str | None, assignment: Assignment) -> str:
    """The help that was asked for, no more than the assignment's author allows."""
    if level is not None and level not in HELP_LEVELS:
        raise UsageError(f"expected a help level of {', '.join(HELP_LEVELS)}; received {level!r}")
    if level is not None and HELP_LEVELS.index(level) > HELP_LEVELS.index(assignment.help_limit):
        raise UsageError(
            f"{assignment.name} gives help up to --help-level {assignment.help_limit}; {level} would say more"
        )
    return level or assignment.help
