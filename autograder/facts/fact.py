"""One thing that is known of a submission, as data: what kind of thing, what it is about, its numbers, its place.

Facts are made where they are found and travel unchanged to the gradebook and the JSON. `autograder.words` makes
sentences of them; nothing reads a sentence to decide anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Union

# statuses of a submission, the gravest first: what it says when several things happened
GRAVEST = ("tampered", "memory", "timeout", "crashed")
_STATUS = {
    "not-an-answer": "tampered",
    "memory": "memory",
    "memory-error": "memory",
    "time-limit": "timeout",
    "processor-time": "timeout",
    "no-time-left": "timeout",
}
# the file of cells that a kernel holds; their numbers are those of the kernel, which Jupyter shows in brackets
IN_MEMORY = "notebook"
# ways to load a text that say that it is no Python at all
_NO_PYTHON = ("no-python", "syntax")


@dataclass(frozen=True)
class Place:
    """Where in a submission something is.

    Attributes:
        file: The file's name.
        cell: The cell of a notebook, from 1; 0 in a script. Of a file `IN_MEMORY`, its execution number.
        line: The line of the file or the cell, from 1; 0 when unknown.
        function: The function, or "".
        code: The text of the line, or "".
        until: The last of several lines, or 0.
        begins: How the cell begins, as one sees it in Jupyter, or "".
    """

    file: str = ""
    cell: int = 0
    line: int = 0
    function: str = ""
    code: str = ""
    until: int = 0
    begins: str = ""

    @classmethod
    def of(cls, part: str, line: int, function: str = "", code: str = "") -> Place:
        """The place in a part of a submission: a file, or a cell such as `net.ipynb, cell 3`.

        Example:

        >>> Place.of("net.ipynb, cell 3", 2)
        Place(file='net.ipynb', cell=3, line=2, function='', code='', until=0, begins='')
        """
        file, comma, cell = part.rpartition(", cell ")
        if comma and cell.isdigit():
            return cls(file, int(cell[:9]), line, function, code)
        return cls(part, 0, line, function, code)


# what a fact may hold: numbers, texts, shapes and lists of names, or a fact about the fact
if TYPE_CHECKING:
    Value = Any
else:
    Value = Union[None, bool, int, float, str, tuple[Union[int, str], ...], "Fact"]  # noqa: UP007 - read at run time


@dataclass(frozen=True)
class Fact:
    """One thing that is known.

    Attributes:
        kind: What is known: a key of the table of sentences, such as `shape` or `time-limit`.
        about: What it is about, such as `("W1", "b1")`.
        values: Numbers and short texts, by the names that sentences use.
        place: Where it is, or None.
        code: The kind of mistake that it proves by itself, of `autograder.facts.kinds`, or "".
        measured: Whether its numbers depend on what was expected: those of a hidden test are kept back.

    Example:

    >>> Fact("shape", ("W1",), {"came": (3, 4), "wanted": (4, 3)}, code="transpose").about
    ('W1',)
    """

    kind: str
    about: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    place: Place | None = None
    code: str = ""
    measured: bool = False

    @classmethod
    def said(cls, text: str, code: str = "") -> Fact:
        """A line that is said as it is."""
        return cls("said", values={"text": text}, code=code)

    @property
    def status(self) -> str:
        """The status that a process's end of this kind gives a submission."""
        return _STATUS.get(self.kind, "crashed")

    @property
    def is_no_python(self) -> bool:
        """Whether it says that a text is not Python."""
        return self.kind in _NO_PYTHON

    def on(self, *about: str) -> Fact:
        """The same fact about something else."""
        return replace(self, about=about)


def together(facts: Iterable[Fact]) -> list[Fact]:
    """Facts that say the same of several things made one, in the order of the first.

    Example:

    >>> [fact.about for fact in together([Fact("right", ("a",)), Fact("zero"), Fact("right", ("b",))])]
    [('a', 'b'), ()]
    """
    found: list[Fact] = []
    for fact in facts:
        for place, other in enumerate(found):
            if fact.on() == other.on() and fact.about:
                found[place] = other.on(*dict.fromkeys((*other.about, *fact.about)))
                break
        else:
            found.append(fact)
    return found
