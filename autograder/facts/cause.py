"""A proven cause of a wrong answer, as data."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.facts.fact import Place


@dataclass(frozen=True)
class Factor:
    """What a wrong value is multiplied by.

    Attributes:
        code: The kind of mistake.
        value: The factor on the first fixture.
        source: The expression that gives it on every fixture, such as `M` or `1/k`: a key of the table of sources.
        size: The number that the sentence names, such as the number of examples.
        rows: What the rows are, such as `examples`, where it is known.
        columns: What the columns are, such as `outputs`, where it is known.
        of_step: Whether the step that a parameter makes is multiplied, and not the parameter.
    """

    code: str
    value: float
    source: str
    size: float
    rows: str = ""
    columns: str = ""
    of_step: bool = False


@dataclass(frozen=True)
class Cause:
    """Why an answer is wrong; what the level of help does not allow is not in it.

    Attributes:
        about: The values that it explains, such as `("W1", "b1")`.
        kind: The kind of mistake that gives exactly these values; "" for a factor alone, and where only the place, or
            the question that comes first, is told.
        factor: The constant factor, where there is one.
        place: Where the mistake is, as far as it can be told.
        follows: Questions that show the same mistake first, or that found wrong what this one uses.
        yours: What was computed where something else belongs, or "".
        lecture: Where to read, or "".
    """

    about: tuple[str, ...] = ()
    kind: str = ""
    factor: Factor | None = None
    place: Place | None = None
    follows: tuple[str, ...] = ()
    yours: str = ""
    lecture: str = ""

    @property
    def code(self) -> str:
        """The kind of mistake that it tells; "" where it tells none."""
        return self.kind or (self.factor.code if self.factor is not None else "")
