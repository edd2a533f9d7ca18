"""Turning values into bytes and back. Decoding executes nothing, imports nothing and is bounded in every dimension.

A payload is a 4-byte header length, a JSON header, and the raw buffers of all arrays one after the other. In the
header a plain JSON value stands for itself; everything else is an object with a tag `t`.

Decoding takes at most `MEMORY_FACTOR` bytes of memory for each byte of the header, whatever the header says (`{"":{}}`
again and again is the worst), and besides the payload one copy of the arrays: 200 MB and 256 MB at the very most, and
48 MB and 16 MB for what a submission may answer (`Bounds.of_answers`).
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.wire.types import Handle, Remote, Tensor, Variable

MAX_PAYLOAD = 256 * 2**20
MAX_HEADER = 4 * 2**20
MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_AXES = 16
MAX_STEPS = 100
MEMORY_FACTOR = 48

# bool, signed and unsigned integers, float16/32/64, complex64/128: little-endian, whatever the machine
# fmt: off
DTYPES = {
    text: np.dtype(text)
    for text in ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16")
}
# fmt: on
_PREFIX = struct.Struct("<I")


class FrameError(ValueError):
    """A payload that is not what the wire allows; the message says in which way."""


@dataclass(frozen=True)
class Bounds:
    """How large a value may be.

    Example:

    >>> Bounds.of_answers(16)
    Bounds(payload=16777216, header=1048576, key=200)
    """

    payload: int = MAX_PAYLOAD  # bytes of the whole
    header: int = MAX_HEADER  # bytes of everything besides arrays
    key: int = MAX_HEADER  # letters of a dict's key. A long key would be repeated in the path of every value below it

    @classmethod
    def of_answers(cls, megabytes: float) -> Bounds:
        """What a submission may answer when a question needs at most so many megabytes; 256 are all there are."""
        payload = int(megabytes * 2**20)
        return cls(payload, min(payload, _ANSWER_HEADER), _ANSWER_KEY) if payload < MAX_PAYLOAD else cls()


_ANSWER_HEADER = 2**20
_ANSWER_KEY = 200
WIDEST = Bounds()


def encode(value: Any, unknown: Callable[[Any], Any] | None = None, bounds: Bounds = WIDEST) -> bytes:
    """Encodes a value whose type is exactly one of those that the wire carries.

    `unknown` is called with an object of any other type, and returns the handle that stands for it.

    Example:

    >>> decode(encode({"loss": 0.5, "shape": (2, 3)}))
    {'loss': 0.5, 'shape': (2, 3)}
    """
    writer = _Writer(unknown, bounds)
    header = json.dumps(writer.node(value, 0), separators=(",", ":"), allow_nan=False).encode()
    if len(header) > bounds.header:
        raise FrameError(
            f"expected at most {_megabytes(bounds.header)} besides arrays, received {_megabytes(len(header))}"
        )
    payload = b"".join([_PREFIX.pack(len(header)), header, *writer.buffers])
    if len(payload) > bounds.payload:
        raise FrameError(f"expected at most {_megabytes(bounds.payload)}, received {_megabytes(len(payload))}")
    return payload


def _megabytes(count: int) -> str:
    return f"{count / 2**20:.3g} MB"


class _Writer:
    """Walks a value, keeping the arrays' bytes in order. What is too large is refused before it is copied."""

    def __init__(self, unknown: Callable[[Any], Any] | None, bounds: Bounds) -> None:
        self.unknown = unknown
        self.bounds = bounds
        self.buffers: list[bytes] = []
        self.bytes = 0
        self.nodes = 0

    def node(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise FrameError(f"expected at most {MAX_NODES} values; an array counts as one")
        if depth > MAX_DEPTH:
            raise FrameError(f"expected at most {MAX_DEPTH} levels of nesting")
        kind = type(value)
        if value is None or kind in (bool, str):
            return value
        if kind is int:
            if value.bit_length() > 512:
                raise FrameError("expected an integer of at most 512 bits")
            return value
        if kind is float:
            return value if math.isfinite(value) else {"t": "float", "v": repr(value)}
        if kind in (list, tuple):
            return {"t": kind.__name__, "v": self.items(value, depth)}
        if kind is dict:
            return {"t": "dict", "v": self.pairs(value, depth)}
        is_number = self.unknown is None and isinstance(value, np.generic) and kind.__module__ == "numpy"
        if kind is np.ndarray or is_number:
            return self.array("array", np.asarray(value))
        if kind is Tensor or kind is Variable:
            return self.array(kind.__name__.lower(), value.array)
        if kind is Handle:
            return {"t": "handle", "id": value.id, "type": value.type[:200]}
        if kind is Remote:
            if len(value.steps) > MAX_STEPS:
                raise FrameError(f"expected at most {MAX_STEPS} steps on a remote object")
            # in the order in which they are read: each array's bytes are appended on the way
            arguments = self.items(value.arguments, depth)
            options = self.pairs(value.options, depth)
            steps = [[name, self.items(given, depth)] for name, given in value.steps]
            return {"t": "remote", "path": value.path, "arguments": arguments, "options": options, "steps": steps}
        if self.unknown is None:
            raise FrameError(f"a value of type {kind.__name__[:100]!r} cannot travel")
        return self.node(self.unknown(value), depth + 1)

    def items(self, values: Any, depth: int) -> list[Any]:
        return [self.node(item, depth + 1) for item in values]

    def pairs(self, values: dict[Any, Any], depth: int) -> list[Any]:
        found = []
        for key, item in values.items():
            if type(key) is not str:
                # what is a text to the student is one
                if self.unknown is None or not isinstance(key, str):
                    raise FrameError("expected a dict with text keys")
                key = str.__str__(key)
            if len(key) > self.bounds.key:
                raise FrameError(f"expected keys of at most {self.bounds.key} letters, received one of {len(key)}")
            found.append([key, self.node(item, depth + 1)])
        return found

    def array(self, tag: str, array: np.ndarray) -> dict[str, Any]:
        text = array.dtype.newbyteorder("<").str if array.dtype.itemsize > 1 else array.dtype.str
        if text not in DTYPES:
            raise FrameError(f"an array of dtype {str(array.dtype)[:100]} cannot travel; return numbers")
        self.bytes += array.nbytes
        if self.bytes > self.bounds.payload:
            raise FrameError(f"expected at most {_megabytes(self.bounds.payload)}, received {_megabytes(self.bytes)}")
        self.buffers.append(np.ascontiguousarray(array, dtype=DTYPES[text]).tobytes())
        return {"t": tag, "dtype": text, "shape": list(array.shape)}


def decode(payload: bytes | bytearray, allow_remote: bool = False, bounds: Bounds = WIDEST) -> Any:
    """Decodes a payload that may come from a hostile process."""
    if not _PREFIX.size <= len(payload) <= bounds.payload:
        raise FrameError(f"expected a payload of {_PREFIX.size} to {bounds.payload} bytes, received {len(payload)}")
    (length,) = _PREFIX.unpack_from(payload)
    if length > min(bounds.header, len(payload) - _PREFIX.size):
        raise FrameError(f"expected a header within the payload, received a length of {length}")
    start = _PREFIX.size + length
    try:
        # `encode` writes ASCII; without this, JSON would guess at UTF-16 and UTF-32 as well
        header = payload[_PREFIX.size : start].decode("ascii")
        node = json.loads(header, parse_constant=_no_constant)
        del header
    except (ValueError, RecursionError, MemoryError) as error:
        raise FrameError(f"expected a JSON header, received something else ({type(error).__name__})") from None
    reader = _Reader(payload, start, allow_remote, bounds.key)
    value = reader.value(node, 0)
    if reader.position != len(payload):
        raise FrameError(f"expected no bytes after the last array, received {len(payload) - reader.position}")
    return value


def _no_constant(text: str) -> None:
    raise FrameError(f"expected a finite number in the header, received {text}")


class _Reader:
    """Walks a header, taking the arrays' bytes from the payload in order."""

    def __init__(self, payload: bytes | bytearray, position: int, allow_remote: bool, longest_key: int) -> None:
        self.longest_key = longest_key
        self.payload = payload
        self.position = position
        self.allow_remote = allow_remote
        self.nodes = 0

    def value(self, node: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise FrameError(f"expected at most {MAX_NODES} values, nested at most {MAX_DEPTH} deep")
        if node is None or isinstance(node, (bool, str)):
            return node
        if isinstance(node, int):
            if node.bit_length() > 512:
                raise FrameError("expected an integer of at most 512 bits")
            return node
        if isinstance(node, float):
            if not math.isfinite(node):
                raise FrameError("expected a finite number in the header")
            return node
        if not isinstance(node, dict) or not isinstance(node.get("t"), str):
            raise FrameError("expected a tagged value")
        return self.tagged(node["t"], node, depth)

    def tagged(self, tag: str, node: dict[str, Any], depth: int) -> Any:
        if tag == "float" and node.get("v") in ("nan", "inf", "-inf"):
            return float(node["v"])
        if tag in ("list", "tuple"):
            items = [self.value(item, depth + 1) for item in _list(node.get("v"))]
            return items if tag == "list" else tuple(items)
        if tag == "dict":
            return dict(self.pairs(node.get("v"), depth))
        if tag in ("array", "tensor", "variable"):
            array = self.array(node)
            return array if tag == "array" else {"tensor": Tensor, "variable": Variable}[tag](array)
        if tag == "handle":
            number = node.get("id")
            if type(number) is not int or not 0 <= number < 2**63 or not isinstance(node.get("type"), str):
                raise FrameError("expected a handle with a number and a type")
            return Handle(node["id"], node["type"][:200])
        if tag == "remote" and self.allow_remote:
            return self.remote(node, depth)
        raise FrameError(f"expected a known kind of value, received {tag[:40]!r}")

    def pairs(self, node: Any, depth: int) -> list[tuple[str, Any]]:
        found = []
        for pair in _list(node):
            if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
                raise FrameError("expected pairs of a text key and a value")
            if len(pair[0]) > self.longest_key:
                raise FrameError(f"expected keys of at most {self.longest_key} letters")
            found.append((pair[0], self.value(pair[1], depth + 1)))
        return found

    def array(self, node: dict[str, Any]) -> np.ndarray:
        text = node.get("dtype")
        # never str(text): the text of lists in lists in lists may take megabytes, or end in a RecursionError
        dtype = DTYPES.get(text) if isinstance(text, str) else None
        shape = _list(node.get("shape"))
        if dtype is None:
            received = repr(text[:40]) if isinstance(text, str) else f"a {type(text).__name__}"
            raise FrameError(f"expected a dtype of the wire, received {received}")
        if len(shape) > MAX_AXES or not all(type(size) is int and 0 <= size <= MAX_PAYLOAD for size in shape):
            raise FrameError("expected a shape of non-negative integers")
        count = math.prod(shape)
        end = self.position + count * dtype.itemsize
        if end > len(self.payload):
            raise FrameError(f"expected {count} numbers for shape {tuple(shape)}, received fewer")
        flat = np.frombuffer(self.payload, dtype, count, self.position)
        self.position = end
        # NumPy counts on a bool being 0 or 1 and computes nonsense from any other byte
        fresh = flat.view(np.uint8) != 0 if dtype.kind == "b" else flat.copy()
        # an array with no numbers may still claim a size that overflows: (0, 2**31, 2**31)
        try:
            return fresh.reshape(shape)
        except ValueError:
            raise FrameError("expected a shape that an array can have") from None

    def remote(self, node: dict[str, Any], depth: int) -> Remote:
        path, steps = node.get("path"), _list(node.get("steps"))
        arguments = [self.value(item, depth + 1) for item in _list(node.get("arguments"))]
        options = dict(self.pairs(node.get("options"), depth))
        if not isinstance(path, str) or options.keys() & {"self", "path"} or len(steps) > MAX_STEPS:
            raise FrameError("expected a remote object with a path, options and a few steps")
        built = Remote(path, *arguments, **options)
        for step in steps:
            if not isinstance(step, list) or len(step) != 2 or not isinstance(step[0], str):
                raise FrameError("expected steps of a name and arguments")
            built = built.then(step[0], *[self.value(item, depth + 1) for item in _list(step[1])])
        return built


def _list(node: Any) -> list[Any]:
    if not isinstance(node, list):
        raise FrameError("expected a list")
    return node
