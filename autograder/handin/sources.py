"""From the bytes of a script or a notebook to its text. Nothing is run, or parsed as Python, here.

Every loop is over a number that was looked at before: a file of 60 MB may hold millions of cells, lists or lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from autograder.facts.fact import Fact, Place
from autograder.handin.encodings import in_utf8, refuse_nul, script_text
from autograder.handin.errors import Unreadable
from autograder.handin.names import NOTEBOOK, SCRIPT, source_ending
from autograder.handin.notebooks import MAX_CODE, code_cells
from autograder.handin.recognition import conflict, conflict_line, refuse_other
from autograder.text import shortened

# a notebook with pictures; what is read of it, besides these bytes, is hardly more than its code
MAX_BYTES = 64 * 2**20
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}[{\[]")
_LONGEST_BEGINNING = 60
_PYTHON = re.compile(r"^(?:import|from|def|class) ", re.M)


@dataclass(frozen=True)
class Source:
    """The text of a submission."""

    parts: list[dict[str, str]]  # the file, or a notebook's code cells: `{"name": ..., "text": ...}`
    whole: bool = False  # whether all of it is run, from top to bottom: the solution, when it is rehearsed
    left_out: tuple[Fact, ...] = ()  # what of the file is not among the parts, and why

    def with_cell(self, place: Place) -> Place:
        """A place with the first line of its cell: a notebook shows cells by what they begin with.

        Example:

        >>> source = Source([{"name": "net.ipynb, cell 2", "text": "\\ndef f(x):\\n    return x"}])
        >>> source.with_cell(Place.of("net.ipynb, cell 2", 3)).begins
        'def f(x):'
        """
        if not place.cell:
            return place
        text = next((part["text"] for part in self.parts if part["name"] == f"{place.file}, cell {place.cell}"), "")
        return replace(place, begins=shortened(text.lstrip().partition("\n")[0].strip(), _LONGEST_BEGINNING))


def source_of(name: str, data: bytes) -> Source:
    """The text in the bytes of a script or a notebook; which of them it is, its content says.

    Example:

    >>> source_of("answer.py", b"x = 1").parts
    [{'name': 'answer.py', 'text': 'x = 1'}]
    """
    data = in_utf8(name, data)
    refuse_other(name, data)
    refuse_nul(name, data)
    ending = source_ending(name)
    json = _JSON.match(data)
    if json and (ending == NOTEBOOK or (json[0].endswith(b"{") and b'"cell_type"' in data)):
        return _notebook(name, data)
    line = conflict_line(data)
    if line:
        raise conflict(name, f"line {line}")
    if len(data) > 4 * MAX_CODE:
        raise _too_much_code(name)
    text = script_text(name, data)
    if not text or text.isspace():
        raise Unreadable(f"{name} is empty; save your work and hand it in again")
    if len(text) > MAX_CODE:
        raise _too_much_code(name)
    if ending != SCRIPT and not _PYTHON.search(text):
        raise Unreadable(f"{name} is neither a notebook nor Python; hand in the notebook as Jupyter saves it")
    return Source([{"name": name, "text": text}])


def _notebook(name: str, data: bytes) -> Source:
    cells, too_much = code_cells(name, data)
    conflicts = {number: line for number, text in cells.items() if (line := _conflict_line(text))}
    texts = {number: text for number, text in cells.items() if number not in conflicts}
    if not any(text.strip() for text in texts.values()):
        if conflicts:
            number, line = next(iter(conflicts.items()))
            raise conflict(name, f"cell {number}, line {line}")
        if too_much:
            raise _too_much_code(name)
        raise Unreadable(f"{name} has no code in its cells; hand in the notebook with your answers")
    parts = [{"name": f"{name}, cell {number}", "text": text} for number, text in texts.items()]
    values = {"file": name, "limit": MAX_CODE // 1000}
    left_out = (
        Fact("too-much-code", _cells(too_much), values),
        Fact("merge-conflict", _cells(conflicts), {"file": name}),
    )
    return Source(parts, left_out=tuple(fact for fact in left_out if fact.about))


def _cells(numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"cell {number}" for number in numbers)


def _conflict_line(text: str) -> int:
    return conflict_line(text.encode("utf-8", "surrogatepass"))


def _too_much_code(name: str) -> Unreadable:
    return Unreadable(f"{name} holds more than {MAX_CODE // 1000} KB of code; keep data in files of its own")
