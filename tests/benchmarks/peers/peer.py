"""What every peer is: it can be installed, and grades files."""

from __future__ import annotations

import abc
import ast
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.peers.environment import Environment, Ran

CHECKS = Path(__file__).with_name("checks.py")


@dataclass
class Graded:
    """What grading some submissions took, and gave.

    Attributes:
        seconds: Of each submission, by the clock; what is started once for all of them is left out.
        processor: The same in seconds of the processor.
        scores: Points by the name of the submission.
    """

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)

    def add(self, submission: Path, ran: Ran, score: float) -> None:
        """Notes what grading one submission took, and gave."""
        self.seconds.append(ran.seconds)
        self.processor.append(ran.processor)
        self.scores[submission.stem] = score


class Peer(abc.ABC):
    """A grader other than ours.

    Attributes:
        name: What it is called in tables.
        package: The package whose version is reported.
        packages: What its environment holds beside TensorFlow.
        lacks: What it does not do and ours does, in the words of the results page.
    """

    name: str
    package: str
    packages: tuple[str, ...]
    lacks: str

    def __init__(self) -> None:
        self.environment = Environment(self.package, self.packages)

    def install(self) -> str:
        """Makes its environment, unless it is there; returns its version.

        Raises:
            NotInstalled: When it cannot be had.
        """
        self.environment.install()
        return self.environment.version(self.package)

    @abc.abstractmethod
    def prepare(self, folder: Path) -> None:
        """Makes what is made once for an assignment, in an empty folder; it is not timed."""

    @abc.abstractmethod
    def grade(self, submissions: list[Path]) -> Graded:
        """Grades scripts, one after the other, as its manual says."""


def points() -> dict[str, tuple[str, float]]:
    """Question and points of every check by its name, read without importing TensorFlow."""
    found = {}
    for function in ast.parse(CHECKS.read_text("utf-8")).body:
        for call in getattr(function, "decorator_list", []):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check":
                question, worth = (ast.literal_eval(argument) for argument in call.args)
                found[function.name] = (question, float(worth))
    return found
