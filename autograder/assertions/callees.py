"""What an assertion needs of the two functions that it compares; the engine's proxies have it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

from autograder.assignment.fixtures import Fixture, Problems, names_of
from autograder.errors import UsageError
from autograder.facts.fact import Fact


class Answered(Protocol):
    """A call of the submission: its value, that there is none, and the arguments as they are afterwards."""

    value: Any
    nothing: Fact | None
    arguments: tuple[Any, ...]


class Asked(Protocol):
    """A function of the submission."""

    name: str
    explains: bool
    carries: bool

    def __call__(self, *arguments: Any) -> Any:
        """Its value."""

    def call(self, *arguments: Any) -> Answered:
        """The same, and what became of the arguments."""

    def counts_loss(self) -> bool:
        """Whether derivatives count that are right for the submission's own loss."""

    def unobserved(self) -> AbstractContextManager[None]:
        """Meanwhile calls are no evidence: they are not what the test asked."""


class Known(Protocol):
    """A function of the reference solution."""

    name: str

    def __call__(self, *arguments: Any) -> Any:
        """Its value in float64."""

    def as_given(self, *arguments: Any) -> Any:
        """Its value in the precision of the arguments."""

    def arguments_after(self, *arguments: Any, as_given: bool = False) -> tuple[Any, ...]:
        """The arguments as they are after the call."""

    def parameters(self) -> list[str]:
        """Names of its parameters."""


class Held:
    """An object that stays in the process of the submission.

    Attributes:
        type: The name of its type there.
    """

    type: str


def look_at_pair(student: Asked, reference: Known) -> None:
    """Looks at what an author hands over in these two places.

    Raises:
        UsageError: When one of them is no function of the submission, or of the reference.
    """
    for wanted, received, method in (("student", student, "call"), ("reference", reference, "as_given")):
        if not hasattr(received, method):
            known = {"StudentFunction": "student", "ReferenceFunction": "reference"}.get(type(received).__name__)
            came = f"{known}.{received.name}" if known else f"{received!r:.80}"
            name = received.name if known else "forward"
            raise UsageError(f"expected a function of the {wanted}, {wanted}.{name}, received {came}")


def look_at_names(**given: object) -> None:
    """Looks at options that are tuples of names.

    Raises:
        UsageError: When one is not.
    """
    for option, names in given.items():
        if not isinstance(names, tuple | list) or not all(isinstance(name, str) for name in names):
            raise UsageError(f'expected {option} to be names in a tuple, such as ("W1", "b1"), received {names!r:.80}')


def cases(reference: Known, arguments: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The arguments of each call: those that are given, or for one problem its values by the parameters' names."""
    if len(arguments) == 1 and isinstance(arguments[0], (Fixture, Problems)):
        names = reference.parameters()
        for problem in [arguments[0]] if isinstance(arguments[0], Fixture) else arguments[0]:
            missing = [name for name in names if name not in problem]
            if missing:
                raise UsageError(
                    f"the problem has no {missing[0]}, which is a parameter of {reference.name}; it has "
                    f"{', '.join(names_of(problem))}; add it: problem.extended({missing[0]}=lambda one: …)"
                )
            yield tuple(problem[name] for name in names)
    else:
        yield arguments
