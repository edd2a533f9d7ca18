"""Where in a submission something was found, as lines of its code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.facts.fact import Fact, Place
from autograder.facts.result import QuestionResult
from autograder.handin.sources import Source

# lines above and below a place, in an excerpt
_AROUND = 3
_FAR = 2 * _AROUND + 1
# of a function that is shown whole
_MOST_LINES = 40
# a cell of a script in the percent format; shorter ones are not worth folding
_CELL = re.compile(r"# ?%%(?P<kind> *\[markdown\])?")
_LEAST_PROSE = 4


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
        is_prose: Whether it is text between the code, as hand-outs have it.
    """

    part: int
    name: str
    lines: tuple[Line, ...]
    is_prose: bool = False


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
        functions: The functions that each question asks for, by its id.
    """

    def __init__(
        self,
        source: Source,
        questions: Sequence[QuestionResult],
        functions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._source = source
        self._functions = functions or {}
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
    def has_marks(self) -> bool:
        """Whether any line is marked."""
        return bool(self._marks)

    @property
    def blocks(self) -> list[Block]:
        """All of the code, a script's prose apart."""
        found = []
        for part in range(len(self._source.parts)):
            whole = self._block(part, 1, None)
            found += [whole] if whole.name else _cells(whole)
        return found

    def excerpts(self, question: QuestionResult) -> list[Block]:
        """The lines around the places of a question, near ones together; or its functions, where none is known."""
        found = []
        for part in range(len(self._source.parts)):
            groups: list[list[int]] = []
            for line in sorted(line for at, line in self._of[question.id] if at == part):
                if groups and line - groups[-1][-1] <= _FAR:
                    groups[-1].append(line)
                else:
                    groups.append([line])
            found += [self._block(part, group[0] - _AROUND, group[-1] + _AROUND, question.id) for group in groups]
        if found or question.outcome not in ("failed", "error"):
            return found
        return [block for name in self._functions.get(question.id, ()) for block in self._function(name)]

    def _function(self, name: str) -> Iterator[Block]:
        """The definition that counts: the last of its name, as far as its indent goes. Nothing is parsed for that."""
        begin = re.compile(rf"(?:async )?(?:def|class) {re.escape(name)}\b")
        for part in reversed(range(len(self._source.parts))):
            lines = self._source.parts[part]["text"].split("\n")
            at = next((at for at in reversed(range(len(lines))) if begin.match(lines[at])), None)
            if at is None:
                continue
            length = 1
            for line in lines[at + 1 : at + _MOST_LINES]:
                # the bracket that closes a signature stands at the margin as well
                if line.strip() and not line.startswith((" ", "\t", ")")):
                    break
                length += 1
            while not lines[at + length - 1].strip():
                length -= 1
            yield self._block(part, at + 1, at + length, "none")
            return

    def _block(self, part: int, first: int, last: int | None, only: str = "") -> Block:
        texts = self._source.parts[part]["text"].split("\n")
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


def _cells(whole: Block) -> list[Block]:
    """A script's cells of prose and what stands between them, each as a block."""
    groups: list[tuple[bool, list[Line]]] = [(False, [])]
    for line in whole.lines:
        cell = _CELL.match(line.text)
        if cell is not None and bool(cell["kind"]) != groups[-1][0]:
            groups.append((bool(cell["kind"]), []))
        groups[-1][1].append(line)
    return [
        Block(
            whole.part,
            "",
            tuple(lines),
            is_prose and len(lines) >= _LEAST_PROSE and not any(one.marks for one in lines),
        )
        for is_prose, lines in groups
        if lines
    ]
