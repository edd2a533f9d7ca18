"""From the bytes of a notebook to the texts of its code cells. Outputs are skipped without being built.

A notebook of 60 MB may hold millions of anything: what is built of it are its cells, which are counted while they are
decoded, and of each a view of the bytes that hold its source.
"""

from __future__ import annotations

import codecs
import json
import re
from contextvars import ContextVar
from typing import Any, TypeVar

import msgspec

from autograder.handin.encodings import MAX_PLAIN, not_utf8
from autograder.handin.errors import Unreadable
from autograder.handin.recognition import conflict, conflict_line
from autograder.text import one_line, shortened

# as JSON on the wire a character takes up to six bytes, and a frame holds 4 MB of them
MAX_CODE = 500_000
# the longest notebooks of courses have some hundred cells
MAX_CELLS = 2000
# what bounds a notebook that must be built whole: an object takes a hundred bytes of memory and three of a file, a
# short text sixty and four. With both bounds no 10 MB become more than 200 MB
MAX_CONTAINERS = 250_000
MAX_VALUES = 1_000_000
# six bytes for a letter that JSON escapes, and for each line its quotes, a comma and an indent
_MOST_JSON = 8 * MAX_CODE
_MOST_WORD = 200

_NULL = msgspec.Raw(b"null")
_Type = TypeVar("_Type")
_cells_seen: ContextVar[int] = ContextVar("_cells_seen")


class _TooMany(Exception):
    """More cells than a notebook has."""


class _Counted(msgspec.Struct, gc=False):
    def __post_init__(self) -> None:
        seen = _cells_seen.get() + 1
        _cells_seen.set(seen)
        if seen > MAX_CELLS:
            raise _TooMany


class _Cell(_Counted, gc=False):
    cell_type: msgspec.Raw = _NULL
    source: msgspec.Raw = _NULL
    # before format 4
    input: msgspec.Raw = _NULL
    language: msgspec.Raw = _NULL


class _Worksheet(_Counted, gc=False):
    cells: list[_Cell] | None = None


class _Notebook(msgspec.Struct, gc=False):
    cells: list[_Cell] | None = None
    worksheets: list[_Worksheet] | None = None  # before format 4
    metadata: msgspec.Raw = _NULL


class _Metadata(msgspec.Struct, gc=False):
    kernelspec: msgspec.Raw = _NULL
    language_info: msgspec.Raw = _NULL
    language: msgspec.Raw = _NULL  # before format 4


class _Kernel(msgspec.Struct, gc=False):
    name: msgspec.Raw = _NULL
    language: msgspec.Raw = _NULL


_DECODER = msgspec.json.Decoder(_Notebook)
# all that is kept of a notebook that must be built whole
_NEEDED = {
    name
    for kind in (_Cell, _Worksheet, _Notebook, _Metadata, _Kernel)
    for name in kind.__struct_fields__  # type: ignore[attr-defined]
}
# what kernels are called that do not say their language
_KERNELS = {"ir": "R", "julia": "Julia", "xcpp": "C++", "bash": "Bash", "octave": "Octave", "javascript": "JavaScript"}


def code_cells(name: str, data: bytes) -> tuple[dict[int, str], list[int]]:
    """The texts of code cells by their numbers, and the numbers of those that are too much; all cells count, from 1.

    Example:

    >>> code_cells("a.ipynb", b'{"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "source": "x = 1"}]}')
    ({2: 'x = 1'}, [])
    """
    notebook = _decoded(name, data)
    cells = notebook.cells
    if cells is None and notebook.worksheets is not None:
        cells = [cell for sheet in notebook.worksheets for cell in sheet.cells or ()]
    if cells is None:
        raise _no_notebook(name)
    code = {number: cell for number, cell in enumerate(cells, 1) if _word(cell.cell_type) == "code"}
    language = _other_language(notebook, [*code.values()])
    if language:
        raise Unreadable(
            f"{name} is a notebook in {one_line(language)}, and Python is expected; "
            "choose a Python kernel and hand it in again"
        )
    if not cells:
        raise Unreadable(f"{name} is a notebook without cells; save your work and hand it in again")
    sources = {number: cell.input if cell.source == _NULL else cell.source for number, cell in code.items()}
    # before they are decoded: a wide letter makes four bytes of each
    short = _fitting({number: len(memoryview(raw)) for number, raw in sources.items()}, _MOST_JSON)
    texts = {number: _joined(name, data, bytes(sources[number])) for number in short}
    fitting = _fitting({number: len(text) for number, text in texts.items()}, MAX_CODE)
    return {number: texts[number] for number in code if number in fitting}, sorted(code.keys() - fitting)


def _fitting(lengths: dict[int, int], most: int) -> set[int]:
    """The cells that fit in together; those left out are the longest, which hold data and not what is asked for."""
    fitting, total = set(), 0
    for number in sorted(lengths, key=lengths.__getitem__):
        total += lengths[number]
        if total > most:
            break
        fitting.add(number)
    return fitting


def _joined(name: str, data: bytes, raw: bytes) -> str:
    """The source of a cell, which may be a list of lines; "" when it is neither."""
    try:
        # the half of a character that JSON may escape is one that UTF-8 cannot hold
        source = json.loads(raw.decode("utf-8", "surrogatepass"), strict=False)
    except UnicodeDecodeError as error:
        raise not_utf8(name, data, data.find(raw) + error.start) from None
    except (ValueError, RecursionError):
        return ""
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else ""


def _other_language(notebook: _Notebook, code: list[_Cell]) -> str:
    """The language of a notebook that nothing says to be Python's, or ""."""
    metadata = _read(notebook.metadata, _Metadata) or _Metadata()
    kernel = _read(metadata.kernelspec, _Kernel) or _Kernel()
    info = _read(metadata.language_info, _Kernel) or _Kernel()
    said = [_word(raw) for raw in (kernel.language, info.name, metadata.language)]
    said = [word for word in said if word] or [_word(cell.language) for cell in code[:1]]
    if not any(said):
        family = re.match("[a-z]*", _word(kernel.name))
        said = [_KERNELS.get(family[0], "") if family else ""]
    # pyspark, IPython, Sage
    is_python = any("py" in word.lower() or "sage" in word.lower() for word in said)
    return "" if is_python else said[0]


def _word(raw: msgspec.Raw) -> str:
    """A short text; "" for anything else."""
    return (_read(raw, str) or "") if len(memoryview(raw)) <= _MOST_WORD else ""


def _read(raw: msgspec.Raw, kind: type[_Type]) -> _Type | None:
    """What a part of a notebook holds; None where it is of another kind."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _decoded(name: str, data: bytes) -> _Notebook:
    _cells_seen.set(0)
    try:
        try:
            return _DECODER.decode(
                memoryview(data)[len(codecs.BOM_UTF8) :] if data.startswith(codecs.BOM_UTF8) else data
            )
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError as error:
            plain = _plain(name, data, str(error))
        _cells_seen.set(0)
        return _DECODER.decode(plain)
    except msgspec.ValidationError:
        raise _no_notebook(name) from None
    except RecursionError:
        raise _not_json(name, "too deeply nested") from None
    except _TooMany:
        raise Unreadable(
            f"expected a notebook of at most {MAX_CELLS} cells, {name} has more; remove what is not needed"
        ) from None


def _plain(name: str, data: bytes, reason: str) -> bytes:
    """What is needed of a notebook that holds what Jupyter writes and JSON does not have: NaN, half a character."""
    line = conflict_line(data)
    if line:
        raise conflict(name, f"line {line}")
    if reason == "Input data was truncated":
        raise _cut_off(name, data)
    clear = "clear its outputs and hand it in again"
    if len(data) > MAX_PLAIN:
        if b"NaN" in data or b"Infinity" in data:
            raise Unreadable(f"{name} holds NaN or Infinity in its outputs, which JSON does not have; {clear}")
        raise _not_json(name, reason)
    if data.count(b"{") + data.count(b"[") > MAX_CONTAINERS:
        raise Unreadable(f"{name} holds more than {MAX_CONTAINERS} lists and objects; {clear}")
    if data.count(b",") > MAX_VALUES:
        raise Unreadable(f"{name} holds more than {MAX_VALUES} values; {clear}")
    # what it is made of is gone before it is written again
    return json.dumps(_needed(name, data), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _needed(name: str, data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text, strict=False, parse_constant=lambda _: None, object_hook=_without_outputs)
    except UnicodeDecodeError as error:
        raise not_utf8(name, data, error.start) from None
    except json.JSONDecodeError as error:
        if _is_at_the_end(error, text.rstrip()):
            raise _cut_off(name, data) from None
        raise _not_json(name, str(error)) from None
    except ValueError as error:
        raise _not_json(name, str(error)) from None


def _is_at_the_end(error: json.JSONDecodeError, text: str) -> bool:
    """Whether JSON is wrong only because it ends, which may be inside a string or a character's code."""
    inside_code = not text.endswith("}") and error.pos >= len(text) - len("\\ud83d\\ud83")
    return inside_code or error.pos >= len(text) or error.msg.startswith("Unterminated string")


def _without_outputs(record: dict[str, Any]) -> dict[str, Any]:
    return {key: record[key] for key in record.keys() & _NEEDED}


def _no_notebook(name: str) -> Unreadable:
    return Unreadable(
        f"{name} is JSON, but not a notebook: it has no list of cells; hand in the notebook as Jupyter saves it"
    )


def _not_json(name: str, reason: str) -> Unreadable:
    # json names a byte too, which helps nobody
    reason = shortened(re.sub(r" \(char \d+\)$", "", reason), 80)
    return Unreadable(
        f"{name} is not a notebook that Jupyter can open ({reason}); save it again in Jupyter, and hand in that"
    )


def _cut_off(name: str, data: bytes) -> Unreadable:
    line = data.count(b"\n") + 1
    return Unreadable(f"{name} is cut off in the middle, in line {line}; download or save it again, and hand in that")
