"""Where in a submission something was found, as lines of its code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.facts.fact import Fact, Place
from autograder.facts.result import QuestionResult
from autograder.handin.sources import Source

# lines above and below a place, in an excerpt
_AROUND = 3
_FAR = 2 * _AROUND + 1


@dataclass(frozen=True)
class Line:
    """One line of code as a page shows it.

    Attributes:
        number: Its number, from 1.
        text: The text.
        marks: Ids of the questions in which something was found here.
    """

    number: int
    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A file, a cell of a notebook, or some lines of one.

    Attributes:
        part: Which part of the submission it is, from 0.
        name: What it is called; "" where there is one file alone.
        lines: Its lines.
    """

    part: int
    name: str
    lines: tuple[Line, ...]


def places_of(question: QuestionResult) -> Iterator[Place]:
    """Where something of a question was found: the lines of its causes, then those of its facts."""
    causes = question.diagnosis.causes if question.diagnosis is not None else ()
    yield from (cause.place for cause in causes if cause.place is not None)
    for fact in (*question.facts, *question.warnings):
        yield from _in(fact)


def _in(fact: Fact) -> Iterator[Place]:
    if fact.place is not None:
        yield fact.place
    for value in fact.values.values():
        if isinstance(value, Fact):
            yield from _in(value)


class Marked:
    """A submission's code with the places of its questions.

    Args:
        source: The code.
        questions: The questions.
    """

    def __init__(self, source: Source, questions: Sequence[QuestionResult]) -> None:
        self._source = source
        self._marks: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._of: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for question in questions:
            for place in places_of(question):
                for found in self._lines(place):
                    if found not in self._of[question.id]:
                        self._of[question.id].append(found)
                        self._marks[found].append(question.id)

    def _lines(self, place: Place) -> Iterator[tuple[int, int]]:
        part = self._part(place)
        if part is None or not place.line:
            return
        last = self._source.parts[part]["text"].count("\n") + 1
        for line in range(place.line, min(max(place.line, place.until), last) + 1):
            yield part, line

    def _part(self, place: Place) -> int | None:
        """A platform may call a file otherwise than its student: the number of a cell tells, or there is one file."""
        if not place.cell:
            return 0 if len(self._source.parts) == 1 and ", cell " not in self._source.parts[0]["name"] else None
        ending = f", cell {place.cell}"
        return next((at for at, part in enumerate(self._source.parts) if part["name"].endswith(ending)), None)

    @property
    def blocks(self) -> list[Block]:
        """All of the code."""
        return [self._block(part, 1, None) for part in range(len(self._source.parts))]

    def excerpts(self, question: str) -> list[Block]:
        """The lines around the places of a question, places that are near each other together."""
        found = []
        for part in range(len(self._source.parts)):
            lines = sorted(line for at, line in self._of[question] if at == part)
            groups: list[list[int]] = []
            for line in lines:
                if groups and line - groups[-1][-1] <= _FAR:
                    groups[-1].append(line)
                else:
                    groups.append([line])
            found += [self._block(part, group[0] - _AROUND, group[-1] + _AROUND, question) for group in groups]
        return found

    def _block(self, part: int, first: int, last: int | None, only: str = "") -> Block:
        texts = self._source.parts[part]["text"].split("\n")
        if last is None:
            # a file ends with a line end
            texts = texts[:-1] if len(texts) > 1 and not texts[-1] else texts
        first, last = max(1, first), min(len(texts), last or len(texts))
        lines = [Line(at, texts[at - 1], self._marked(part, at, only)) for at in range(first, last + 1)]
        return Block(part, self._name(part), tuple(lines))

    def _marked(self, part: int, line: int, only: str) -> tuple[str, ...]:
        marks = self._marks.get((part, line), [])
        return tuple(id for id in marks if only in ("", id))

    def _name(self, part: int) -> str:
        _, comma, cell = self._source.parts[part]["name"].rpartition(", cell ")
        return f"Cell {cell}" if comma else ""
