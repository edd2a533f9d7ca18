"""The wire: every value comes back as it went, and nothing else gets through."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.wire import Bounds, FrameError, Handle, Remote, Tensor, Variable, decode, encode
from autograder.wire.codec import DTYPES, MAX_DEPTH

arrays = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda text: hnp.arrays(np.dtype(text), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**500), 2**500)
    | st.floats()
    | st.text()
    | arrays
    | arrays.map(Tensor)
    | arrays.map(Variable)
    | st.builds(Handle, st.integers(0, 9), st.text(max_size=20))
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


def same(one: Any, two: Any) -> bool:
    if type(one) is not type(two):
        return False
    if isinstance(one, (Tensor, Variable)):
        return same(one.array, two.array)
    if isinstance(one, np.ndarray):
        return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()
    if isinstance(one, (list, tuple)):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict):
        return list(one) == list(two) and all(same(one[key], two[key]) for key in one)
    return one == two or (one != one and two != two)


@given(values)
def test_round_trip(value):
    try:
        payload = encode(value)
    except (FrameError, UnicodeEncodeError) as error:
        # a lone surrogate is no text that UTF-8 could carry; JSON escapes it, so only depth may fail
        assert "nesting" in str(error)
        return
    assert same(decode(payload), value)


def test_fortran_order_and_numpy_scalars():
    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    assert same(decode(encode(array)), np.ascontiguousarray(array))
    assert same(decode(encode(np.float32(0.5))), np.array(0.5, np.float32))
    assert same(decode(encode(np.arange(3, dtype=">i4"))), np.arange(3, dtype="<i4"))


class EvilFloat(float):
    pass


class EvilArray(np.ndarray):
    pass


@pytest.mark.parametrize(
    "value",
    [
        EvilFloat(1.0),
        np.zeros(2).view(EvilArray),
        np.array([object()]),
        np.array(["text"]),
        np.array(["2026-01-01"], "datetime64[D]"),
        np.zeros(2, np.longdouble),
        np.zeros(2, [("a", "f8")]),
        {1: "key"},
        {"a", "b"},
        b"bytes",
        1j,
        object(),
        2**600,
        print,
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_types_do_not_travel(value):
    with pytest.raises(FrameError):
        encode(value)


def test_unknown_objects_become_handles():
    value = decode(encode([EvilFloat(2.0), 3.0], unknown=lambda found: Handle(7, type(found).__name__)))
    assert value == [Handle(7, "EvilFloat"), 3.0]


def test_depth_is_bounded():
    nested: list[Any] = []
    for _ in range(MAX_DEPTH + 1):
        nested = [nested]
    with pytest.raises(FrameError, match="nesting"):
        encode(nested)


def payload(header: Any, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<I", len(text)) + text + body


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\x01",
        struct.pack("<I", 2**31) + b"{}",
        payload(b"not json"),
        payload(b"[" * 100_000),
        payload(b'{"t":' * 50_000),
        payload(b"NaN"),
        payload(b"-Infinity"),
        payload(b"1e999"),
        payload(b"9" * 5000),
        payload(b"\xff\xfe"),
        payload([1, 2]),
        payload({"t": 3}),
        payload({"t": "pickle", "v": "gASV"}),
        payload({"t": "list", "v": "text"}),
        payload({"t": "dict", "v": [["a"]]}),
        payload({"t": "dict", "v": [[1, 2]]}),
        payload({"t": "float", "v": "0x1p3"}),
        payload({"t": "array", "dtype": "|O", "shape": [1]}, b"12345678"),
        payload({"t": "array", "dtype": ["<f8"], "shape": [1]}, b"12345678"),
        payload({"t": "array", "dtype": "<f8", "shape": [2]}, b"12345678"),
        payload({"t": "array", "dtype": "<f8", "shape": [-1]}, b"12345678"),
        payload({"t": "array", "dtype": "<f8", "shape": [True]}, b"12345678"),
        payload({"t": "array", "dtype": "<f8", "shape": [1.0]}, b"12345678"),
        payload({"t": "array", "dtype": "<f8", "shape": [2**62, 4]}),
        payload({"t": "array", "dtype": "<f8", "shape": [0, 2**62]}),
        payload({"t": "array", "dtype": "<f8", "shape": [0, 2**27, 2**27, 2**27]}),
        payload({"t": "array", "dtype": "<f8", "shape": [1] * 40}, b"12345678"),
        payload({"t": "array", "dtype": "<f8", "shape": [1]}, b"12345678 and more"),
        payload({"t": "handle", "id": "1", "type": "x"}),
        payload({"t": "handle", "id": True, "type": "x"}),
        payload({"t": "remote", "path": "os.system", "arguments": [], "options": [], "steps": []}),
        payload({"t": "list", "v": [0] * 200_000}),
    ],
    ids=range(33),
)
def test_hostile_payload_is_refused(hostile):
    with pytest.raises(FrameError):
        decode(hostile)


@settings(max_examples=300)
@given(values, st.data())
def test_damaged_payload_is_a_value_or_a_frame_error(value, data):
    try:
        damaged = bytearray(encode(value))
    except FrameError:
        return
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        decode(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    except FrameError:
        pass


def test_remote_goes_to_the_student_process_alone():
    remote = Remote("a.b", np.ones(2), rate=0.5).then("batch", 3)
    received = decode(encode(remote), allow_remote=True)
    assert received.path == "a.b" and received.steps == (("batch", (3,)),) and received.options == {"rate": 0.5}
    with pytest.raises(FrameError, match="known kind"):
        decode(encode(remote))


@pytest.mark.parametrize(
    "value, line",
    [
        (np.zeros(300_000), "expected at most 2 MB, received 2.29 MB"),
        ([np.zeros(100_000)] * 3, "expected at most 2 MB"),
        ("x" * 1_100_000, "expected at most 1 MB besides arrays"),
        ({"k" * 201: 1}, "keys of at most 200 letters, received one of 201"),
        ([0] * 100_000, "at most 100000 values"),
    ],
)
def test_answers_have_bounds_on_both_sides(value, line):
    bounds = Bounds.of_answers(2)
    with pytest.raises(FrameError, match=line):
        encode(value, bounds=bounds)
    if "values" in line:
        return
    # a sender that forgets them is refused as well
    payload = encode(value)
    assert same(decode(payload), value)
    with pytest.raises(FrameError):
        decode(payload, bounds=bounds)


def test_answers_within_their_bounds_travel():
    value = {"k" * 200: np.zeros(200_000), "list": [0] * 90_000}
    assert same(decode(encode(value, bounds=Bounds.of_answers(2)), bounds=Bounds.of_answers(2)), value)
