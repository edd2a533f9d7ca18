"""The wire's decoder under fire: whatever arrives is a value of the wire or a FrameError, in bounded time and memory.

Examples are derived from the tests themselves, the same on every run; `make fuzz` looks further.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.wire import Channel, FrameError, Handle, Remote, Tensor, Variable, decode, encode
from autograder.wire.codec import DTYPES, MAX_AXES, MAX_DEPTH, MAX_NODES, MEMORY_FACTOR

often = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SECONDS = 2.0  # a frame of this file takes milliseconds; a machine may be busy

# every value that travels

arrays = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda text: hnp.arrays(np.dtype(text), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
any_text = st.text(st.characters(), max_size=20)  # lone surrogates and NUL included
leaves = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(2**511), 2**511), st.floats(), any_text),
    *(arrays, arrays.map(Tensor), arrays.map(Variable)),
    st.builds(Handle, st.integers(0, 2**63 - 1), any_text),
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(any_text, inner, max_size=4)
        | st.builds(lambda one, two, three: Remote("a.b", one, rate=two).then("step", three), inner, inner, inner)
    ),
    max_leaves=12,
)

# headers that keep to the grammar, with anything in any place

PLAIN = """null true 0 -1 1.5 1e999 -1e999 NaN Infinity 4294967296 9223372036854775808 "" "\\ud800" "\\u0000" "é" "nan"
[] {} [0] [[0,0]] [0,1e5,-1,true] {"t":"list","t":"dict","v":[]} ]""".split()
LONG = ["1" + "0" * 160, "9" * 5000, f'"{"x" * 5000}"', "[" * 40 + "]" * 40, "[" * 600 + "]" * 600]
atoms = st.sampled_from([*PLAIN, *LONG])
tags = st.sampled_from(
    [f'"{tag}"' for tag in ("list", "tuple", "dict", "array", "tensor", "variable", "float", "handle", "remote", "x")]
)
shapes = st.lists(st.sampled_from([0, 1, 2, 3, 2**27, 2**28, 2**28 + 1, 2**63, -1]), max_size=MAX_AXES + 1).map(
    json.dumps
)
fields = {
    "dtype": st.sampled_from([f'"{text}"' for text in DTYPES] + ['"|O"', '">f8"', '"<U4"']) | atoms,
    "shape": shapes | atoms,
    "id": st.sampled_from(["1", "1.0", "true", str(2**64), "1" + "0" * 4000]) | atoms,
    "type": atoms,
    "path": atoms,
}


def tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(inner, max_size=3).map(lambda parts: f"[{','.join(parts)}]")
    pairs = st.lists(st.tuples(st.sampled_from(['"a"', '"a"', '"path"', '"self"', "1"]), inner), max_size=3).map(
        lambda found: f"[{','.join(f'[{key},{value}]' for key, value in found)}]"
    )
    choices = fields | {"v": items | pairs | inner, "arguments": items, "options": pairs, "steps": pairs | items}
    members = st.fixed_dictionaries({"t": tags | tags | atoms}, optional=choices)
    return members.map(lambda found: "{" + ",".join(f'"{name}":{value}' for name, value in found.items()) + "}")


headers = st.recursive(atoms, tagged, max_leaves=10)


def framed(header: str | bytes, body: bytes = b"", off_by: int = 0) -> bytes:
    text = header if isinstance(header, bytes) else header.encode("utf-8", "surrogatepass")
    return struct.pack("<I", max(0, len(text) + off_by)) + text + body


def is_of_the_wire(value: Any, remote: bool) -> bool:
    """Whether a value is made of the wire's own types and no subclass, all the way down."""
    kind = type(value)
    if kind in (list, tuple):
        return all(is_of_the_wire(item, remote) for item in value)
    if kind is dict:
        return all(type(key) is str and is_of_the_wire(item, remote) for key, item in value.items())
    if kind in (Tensor, Variable):
        return type(value.array) is np.ndarray and is_of_the_wire(value.array, remote)
    if kind is np.ndarray:
        bools_are_bools = value.dtype != bool or bool((value.view(np.uint8) <= 1).all())
        return value.dtype.str in DTYPES and value.ndim <= MAX_AXES and value.flags.writeable and bools_are_bools
    if kind is Handle:
        return type(value.id) is int and 0 <= value.id < 2**63 and type(value.type) is str and len(value.type) <= 200
    if kind is Remote:
        steps = [arguments for _, arguments in value.steps]
        return remote and is_of_the_wire([value.arguments, value.options, steps], remote)
    return value is None or kind in (bool, str, float) or (kind is int and value.bit_length() <= 512)


def same(one: Any, two: Any) -> bool:
    """Whether two values are equal to the bit, NaN and the sign of zero included; an independent road to `encode`."""
    if type(one) is not type(two):
        return False
    if isinstance(one, (Tensor, Variable)):
        return same(one.array, two.array)
    if isinstance(one, np.ndarray):
        return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()
    if isinstance(one, Remote):
        return one.path == two.path and same(
            [one.arguments, one.options, one.steps], [two.arguments, two.options, two.steps]
        )
    if isinstance(one, (list, tuple)):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict):
        return list(one) == list(two) and all(same(one[key], two[key]) for key in one)
    return repr(one) == repr(two)


def assert_harmless(payload: bytes, remote: bool = False) -> None:
    start = time.perf_counter()
    try:
        value = decode(payload, allow_remote=remote)
    except FrameError as error:
        assert len(str(error)) < 500
    else:
        assert is_of_the_wire(value, remote)
        again = encode(value)
        assert encode(decode(again, allow_remote=remote)) == again
    assert time.perf_counter() - start < SECONDS


@often
@given(values)
def test_everything_that_travels_comes_back(value):
    try:
        payload = encode(value)
    except FrameError as error:
        assert "nesting" in str(error)
        return
    received = decode(payload, allow_remote=True)
    assert is_of_the_wire(received, remote=True)
    assert same(received, value)


@often
@given(st.binary(max_size=200), st.booleans())
def test_arbitrary_bytes(noise, remote):
    assert_harmless(noise, remote)
    assert_harmless(framed(noise), remote)


@settings(often, max_examples=400)
@given(headers, st.binary(max_size=40), st.sampled_from([0, 0, 0, 0, -1, 1, 2**20]), st.booleans())
def test_hostile_headers(header, body, off_by, remote):
    assert_harmless(framed(header, body, off_by), remote)


@often
@given(values, st.data())
def test_damaged_frames(value, data):
    try:
        damaged = bytearray(encode(value))
    except FrameError:
        return
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(damaged)))
        change = data.draw(st.sampled_from(["flip", "insert", "delete", "repeat"]))
        if change == "flip" and place < len(damaged):
            damaged[place] ^= data.draw(st.integers(1, 255))
        elif change == "insert":
            damaged[place:place] = data.draw(st.binary(max_size=6))
        elif change == "delete":
            del damaged[place : place + data.draw(st.integers(1, 6))]
        else:
            damaged[place:place] = damaged[place : place + 20]
    assert_harmless(bytes(damaged), data.draw(st.booleans()))


@pytest.mark.parametrize("place", ["dtype", "shape", "v", "id", "type", "t", "path", "steps"])
def test_nesting_as_deep_as_json_goes(place):
    # somewhere in here is the depth that JSON just reads; whatever walks it next must not be the one to fail
    for depth in range(700, 1000, 2):
        deep = "[" * depth + "]" * depth
        for tag in ("array", "list", "handle", "remote"):
            assert_harmless(framed(f'{{"t":"{tag}","shape":[],"arguments":[],"options":[],"{place}":{deep}}}'), True)


BULK = {
    "lists": "[],",
    "lists in lists": "[[]],",
    "dicts": "{},",
    "dicts in dicts": '{"":{}},',
    "one key": '{"":0},',
    "floats": "1e9,",
    "short texts": '"ab",',
    "integers": "999,",
    "real nodes": '{"t":"list","v":[]},',
    "real arrays": '{"t":"array","dtype":"|b1","shape":[0,0,0,0,0,0,0,0]},',
}


@pytest.mark.parametrize("unit", BULK.values(), ids=BULK.keys())
@pytest.mark.parametrize("inside", ["[", '{"t":"list","v":[', '{"t":"array","dtype":"<f8","shape":['])
def test_memory_is_bounded_by_the_size_of_the_header(unit, inside):
    size = 2**18
    closing = "]}" if inside.startswith("{") else "]"
    payload = framed(inside + (unit * (size // len(unit)))[:-1] + closing)
    tracemalloc.start()
    try:
        with contextlib.suppress(FrameError):
            decode(payload)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= MEMORY_FACTOR * len(payload) + 2**16


@pytest.mark.parametrize("dtype", ["|b1", "<f8", "<c16"])
def test_memory_of_arrays_is_one_copy(dtype):
    payload = encode(np.zeros(2**22 // np.dtype(dtype).itemsize, dtype))
    tracemalloc.start()
    try:
        decode(payload)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= 1.1 * len(payload)


def test_a_bool_is_zero_or_one():
    header = '{"t":"array","dtype":"|b1","shape":[4]}'
    assert decode(framed(header, b"\x00\x01\x02\xff")).view(np.uint8).tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_headers_are_ascii(encoding):
    with pytest.raises(FrameError, match="JSON header"):
        decode(framed("[]".encode(encoding)))


def test_every_part_of_a_remote_keeps_its_own_array():
    sent = Remote("a.b", np.full(2, 1.0), rate=np.full(2, 2.0)).then("step", np.full(2, 3.0))
    received = decode(encode(sent), allow_remote=True)
    arrays = [received.arguments[0], received.options["rate"], received.steps[0][1][0]]
    assert [array.tolist() for array in arrays] == [[1, 1], [2, 2], [3, 3]]


def test_limits_hold_on_both_sides():
    within = encode(Remote("a", [0] * (MAX_NODES - 10)))
    assert len(decode(within, allow_remote=True).arguments[0]) == MAX_NODES - 10
    remote = Remote("a")
    for _ in range(101):
        remote = remote.then("b")
    with pytest.raises(FrameError, match="steps"):
        encode(remote)
    nested: Any = 0
    for _ in range(MAX_DEPTH):
        nested = [nested]
    assert is_of_the_wire(decode(encode(nested)), remote=False)


@settings(often, max_examples=100)
@given(st.lists(headers.map(framed) | st.binary(max_size=60), min_size=1, max_size=5), st.data())
def test_frames_on_a_socket(payloads, data):
    """A channel reads what a hostile peer writes, in pieces of any size: a value, a FrameError, or the peer is gone."""
    stream = b"".join(struct.pack("<Q", len(payload)) + payload for payload in payloads)
    stream = stream[: data.draw(st.integers(0, len(stream)))]
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    with theirs:
        theirs.sendall(stream)
    try:
        for _ in range(len(payloads) + 1):
            try:
                assert is_of_the_wire(channel.receive(time.monotonic() + 5), remote=False)
            except FrameError:
                pass
            except ConnectionError:
                return
        raise AssertionError("expected the end of the stream")
    finally:
        channel.close()


def test_a_peer_that_dribbles_is_watched():
    ours, theirs = socket.socketpair()
    channel, stop, ticks = Channel(ours), threading.Event(), []

    def dribble() -> None:
        theirs.sendall(struct.pack("<Q", 10**6))
        while not stop.wait(0.005):
            theirs.sendall(b"x")

    thread = threading.Thread(target=dribble)
    thread.start()
    try:
        with pytest.raises(TimeoutError):
            channel.receive(time.monotonic() + 0.5, tick=lambda: ticks.append(time.monotonic()))
    finally:
        stop.set()
        thread.join()
        channel.close()
        theirs.close()
    assert len(ticks) >= 3
