"""From the bytes of a script or a notebook to its text. Nothing is run, or parsed as Python, here.

Every loop is over a number that was looked at before: a file of 10 MB may hold millions of cells, lists or lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

# a notebook with pictures is a few megabytes
MAX_BYTES = 10 * 2**20
# as JSON on the wire a character takes up to six bytes, and a frame holds 4 MB of them
MAX_CODE = 500_000
# the longest notebooks of courses have some hundred cells
MAX_CELLS = 2000
# an object takes a hundred bytes of memory and three of a file; plots with all their numbers have some ten thousand
MAX_CONTAINERS = 250_000
# a short text of four letters takes sixty bytes; with both bounds no 10 MB become more than 200 MB
MAX_VALUES = 1_500_000


@dataclass(frozen=True)
class Source:
    """The text of a submission."""

    parts: list[dict[str, str]]  # the file, or a notebook's code cells: `{"name": ..., "text": ...}`
    whole: bool = False  # whether all of it is run, from top to bottom: the solution, when it is rehearsed


class Unreadable(Exception):
    """A submission that cannot be graded at all; the message is the line that the student reads."""


def source_of(name: str, data: bytes) -> Source:
    """The text in the bytes of a `.py` file or a notebook.

    Example:

    >>> source_of("answer.py", b"x = 1").parts
    [{'name': 'answer.py', 'text': 'x = 1'}]
    """
    is_notebook = name.lower().endswith(".ipynb")
    if not is_notebook and len(data) > 4 * MAX_CODE:
        raise _too_much_code(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(f"{name} is not UTF-8 text (line {line}); save it as UTF-8 and hand in again") from None
    if not text or text.isspace():
        raise Unreadable(f"{name} is empty")
    if "\0" in text:
        raise Unreadable(f"{name} holds NUL bytes: it is not a text file")
    parts = _cells(name, text) if is_notebook else [{"name": name, "text": text}]
    if sum(len(part["text"]) for part in parts) > MAX_CODE:
        raise _too_much_code(name)
    return Source(parts)


def _too_much_code(name: str) -> Unreadable:
    return Unreadable(f"{name} holds more than {MAX_CODE // 1000} KB of code; keep data in files of its own")


def _cells(name: str, text: str) -> list[dict[str, str]]:
    cells = _all_cells(name, text)
    sources = {
        number: source
        for number, cell in enumerate(cells, 1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code" and (source := _joined(cell)) is not None
    }
    # before the lines are gone through: a cell may be nothing but ten million line ends
    if sum(map(len, sources.values())) > MAX_CODE:
        raise _too_much_code(name)
    parts = [{"name": f"{name}, cell {number}", "text": source} for number, source in sources.items()]
    if not any(part["text"].strip() for part in parts):
        raise Unreadable(f"{name} has no code in its cells")
    return parts


def _all_cells(name: str, text: str) -> list[Any]:
    if text.count("{") + text.count("[") > MAX_CONTAINERS:
        raise Unreadable(
            f"{name} holds more than {MAX_CONTAINERS} lists and objects; clear its outputs and hand in again"
        )
    if text.count(",") > MAX_VALUES:
        raise Unreadable(f"{name} holds more than {MAX_VALUES} values; clear its outputs and hand in again")
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is not a notebook: not JSON ({str(error)[:80]})") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is not a notebook of format 4: it has no list of cells")
    if len(cells) > MAX_CELLS:
        raise Unreadable(
            f"expected a notebook of at most {MAX_CELLS} cells, {name} has {len(cells)}; remove what is not needed"
        )
    return cells


def _joined(cell: dict[str, Any]) -> str | None:
    """The source of a cell, which may be a list of lines; None when it is neither."""
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else None
