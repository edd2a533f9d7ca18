"""What a student's copy needs and has no solution and no hidden tests for: `expected/public.json`.

Values of the reference for the public tests, and for each question what is graded later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.assignment.definition import Assignment
from autograder.errors import UsageError
from autograder.wire import FrameError
from autograder.wire.codec import DTYPES


def read_recorded(assignment: Assignment) -> dict[str, bytes]:
    """The recorded values of the public tests; none when they belong to another solution than the one here.

    Raises:
        UsageError: When the file is there and cannot be read.
    """
    if not assignment.expected.is_file():
        return {}
    try:
        record = json.loads(assignment.expected.read_text("utf-8"))
        if assignment.solution.is_file() and record["solution"] != assignment.solution_fingerprint:
            return {}
        return {call["key"]: _from_json(call["value"]) for call in record["calls"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"cannot read {assignment.expected}: {error}; get a fresh copy of the assignment") from None


def read_later(assignment: Assignment) -> list[dict[str, Any]]:
    """What was recorded of the hidden tests: for each question its id, their points, and what they look at.

    Raises:
        UsageError: When the file is there and cannot be read.
    """
    if not assignment.expected.is_file():
        return []
    try:
        found = json.loads(assignment.expected.read_text("utf-8")).get("later", [])
        return [{name: one[name] for name in ("question", "points", "looks_at")} for one in found]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"cannot read {assignment.expected}: {error}; get a fresh copy of the assignment") from None


def recorded_text(
    assignment: Assignment, used: dict[str, tuple[str, bytes]], later: Sequence[Mapping[str, Any]] = ()
) -> str:
    """The text of `expected/public.json`.

    Args:
        assignment: The assignment.
        used: The calls of the reference that a run of the public tests used.
        later: What is graded later, as `read_later` gives it.
    """
    calls = [{"call": name, "key": key, "value": _to_json(payload)} for key, (name, payload) in used.items()]
    calls.sort(key=lambda call: (call["call"], call["key"]))
    lines = ",\n".join("  " + json.dumps(call) for call in calls)
    solution = json.dumps(assignment.solution_fingerprint)
    parts = ",\n".join("  " + json.dumps(dict(one)) for one in later)
    return (
        f'{{\n "assignment": {json.dumps(assignment.name)},\n "solution": {solution},\n "later": [\n{parts}\n ],\n'
        f' "calls": [\n{lines}\n ]\n}}\n'
    )


def _to_json(payload: bytes) -> dict[str, Any]:
    """A payload as JSON that a person can read: its header, and its arrays as numbers."""
    size = int.from_bytes(payload[:4], "little")
    header = json.loads(payload[4 : 4 + size])
    arrays: list[list[Any]] = []
    position = 4 + size
    for node in array_nodes(header):
        dtype = DTYPES[node["dtype"]]
        flat = np.frombuffer(payload, dtype, int(np.prod(node["shape"])), position)
        position += flat.nbytes
        if not np.isfinite(flat).all():
            raise FrameError("expected finite reference values")
        arrays.append(flat.tolist())
    return {"header": header, "arrays": arrays}


def _from_json(record: dict[str, Any]) -> bytes:
    header = json.dumps(record["header"], separators=(",", ":")).encode()
    buffers = [
        np.array(numbers, DTYPES[node["dtype"]]).tobytes()
        for node, numbers in zip(array_nodes(record["header"]), record["arrays"], strict=True)
    ]
    return b"".join([len(header).to_bytes(4, "little"), header, *buffers])


def array_nodes(node: Any) -> list[dict[str, Any]]:
    """What the header of a value says of each of its arrays, in their order."""
    if isinstance(node, dict):
        if node.get("t") in ("array", "tensor", "variable"):
            return [node]
        return [found for value in node.values() for found in array_nodes(value)]
    if isinstance(node, list):
        return [found for value in node for found in array_nodes(value)]
    return []
