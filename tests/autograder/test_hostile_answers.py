"""Answers that no honest process gives: the grader's proxies and assertions turn each into a line for the student.

A thread plays the student process on the far end of a real socket. Everything on the near end is the grader's own.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.assertions import (
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    assert_metric,
    assert_updates,
    check,
)
from autograder.assertions.compare import kind_of
from autograder.assertions.failure import CheckFailed
from autograder.engine.proxies import Student
from autograder.engine.reference import ReferenceFunction
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.handin.sources import Source
from autograder.isolation.host.process import Ending, StudentProcess
from autograder.isolation.settings import Limits, Settings
from autograder.text import MESSAGE_LENGTH
from autograder.wire import Channel, ChannelClosed, Handle, Remote, Tensor, Variable, encode
from autograder.wire.codec import DTYPES

W = np.arange(1.0, 7.0).reshape(2, 3)
PARAMS = {"W1": Variable(W.astype(np.float32)), "b1": Variable(np.ones((1, 3), np.float32))}
SECONDS = 10.0
Answer = Callable[[dict[str, Any]], Any]


class Peer:
    """The far end: starts like a student process, then answers as it is told; bytes are sent as they are.

    It makes processes (`spawn`) and ends them (`begin`, `end`), as a template and a keeper do.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def spawn(self, settings: Settings) -> StudentProcess:
        ours, self._far = socket.socketpair()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return StudentProcess(Channel(ours), self, settings)

    def begin(self, deadline: float) -> dict[str, Any]:
        return {"pid": 0, "sandbox": {}}

    def printed(self) -> str:
        return ""

    def end(self) -> Ending:
        self._thread.join()
        return Ending()

    def _serve(self) -> None:
        channel = Channel(self._far, trusts_peer=True)
        try:
            channel.send({"value": None, "seconds": 0.0})
            while True:
                request = channel.receive()
                answer = self._answer(request)
                payload = answer if type(answer) is bytes else encode(answer)
                self._far.sendall(struct.pack("<Q", len(payload)) + payload)
        except (ChannelClosed, OSError):
            pass
        finally:
            self._far.close()


class Known:
    """Reference values that are known beforehand."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def value(self, requests: list[dict[str, Any]]) -> Any:
        return {"value": self._value, "changed": [[0, PARAMS]]}


@contextmanager
def submission(answer: Any, load: Any = None, times: int = 1_000_000):
    """A submission whose process answers every call with `answer`."""

    def reply(request: dict[str, Any]) -> Any:
        if request["do"] == "load" and load is not None:
            return load
        if request["do"] in ("load", "seed"):
            return {"value": {"problems": [], "names": ["forwards"]}, "seconds": 0.0}
        return answer

    session = Session(Setup(Peer(reply), Source([{"name": "a.py", "text": ""}]), Limits(seconds_per_question=SECONDS)))
    session.begin("1")
    try:
        yield Student(session)
    finally:
        session.close()


def use_object(student: Student) -> None:
    model = student.make(Remote("keras.Sequential"))
    assert type(model.items(limit=5)) is list and len(model.items(limit=5)) <= 5
    model(W)
    model.get_weights()
    model.read("a.b")


def hand_back(student: Student) -> None:
    student.forward(student.forward(W))


def tell(student: Student) -> None:
    value = student.forward(W)
    check(False, f"expected a dict, you return {kind_of(value)}: {value}")


def metric(student: Student) -> None:
    assert_metric("accuracy", student.forward(W), 0.5, within=0.1)


USES: dict[str, Callable[[Student], None]] = {
    "array": lambda student: assert_array(student.forward, ReferenceFunction(Known(W), "f"), W, PARAMS),
    "tuple": lambda student: assert_array(
        student.forward, ReferenceFunction(Known((W, 1.0)), "f"), W, names=("a", "b")
    ),
    "integers": lambda student: assert_array(student.forward, ReferenceFunction(Known(np.arange(6)), "f"), W),
    "gradients": lambda student: assert_gradients(student.forward, ReferenceFunction(Known({"W1": W}), "f"), W),
    "loss": lambda student: assert_loss(student.forward, ReferenceFunction(Known(0.5), "f"), W.astype(np.float32)),
    "losses": lambda student: assert_close(student.forward(W), [1.0, 2.0], "the losses"),
    "updates": lambda student: assert_updates(
        student.forward, ReferenceFunction(Known(0.5), "f"), PARAMS, W, argument=0, label="the loss"
    ),
    "metric": metric,
    "object": use_object,
    "hand back": hand_back,
    "tell": tell,
}


def assert_told(use: Callable[[Student], None], answer: Any, load: Any = None) -> str:
    """The line that the student reads; "" when the answer passes for a right one."""
    start = time.monotonic()
    with submission(answer, load) as student:
        try:
            use(student)
        except CheckFailed as failure:
            assert 0 < len(str(failure)) <= MESSAGE_LENGTH < 2000
            assert 0 <= failure.share <= 1
            return str(failure)
        finally:
            assert student._session.record.status in (
                "graded",
                "tampered",
                "crashed",
                "memory",
                "timeout",
                "unreadable",
            )
            assert time.monotonic() - start < SECONDS
    return ""


# answers

odd_arrays = (
    st.sampled_from(sorted(DTYPES))
    .flatmap(
        lambda text: st.sampled_from(
            [(), (0,), (1,), (2, 3), (3, 2), (6,), (0, 2**27), (1,) * 16, (2, 0, 3), (1, 3)]
        ).flatmap(
            lambda shape: st.sampled_from([0, 1, 250]).map(
                lambda byte: np.frombuffer(
                    bytes([byte]) * (np.dtype(text).itemsize * int(np.prod(shape))), np.dtype(text)
                ).reshape(shape)
            )
        )
    )
    .map(lambda array: array != 0 if array.dtype == bool else array)
)
huge = np.array([[1.7e308, -1.7e308, 5e-324], [np.nan, np.inf, -0.0]])
odd_values = st.recursive(
    st.one_of(
        *(odd_arrays, odd_arrays.map(Tensor), odd_arrays.map(Variable)),
        st.sampled_from([huge, huge[:1], np.full((2, 3), -1.7e308), Variable(huge), W, W.astype(np.float32)]),
        st.sampled_from([None, True, 0, -1, 2**511, 0.5, float("nan"), float("-inf"), 1e308, "", "x" * 5000, "\ud800"]),
        st.sampled_from(["\x1b[2J\x07", "<script>", "MemoryError", "NotImplementedError: " + "y" * 9999]),
        st.builds(Handle, st.integers(0, 2**63 - 1), st.sampled_from(["", "Sequential", "\x1b[31m" * 30, "z" * 200])),
    ),
    lambda inner: st.one_of(
        *(st.lists(inner, max_size=4), st.lists(inner, max_size=4).map(tuple)),
        st.dictionaries(st.sampled_from(["W1", "b1", "", "k" * 3000, "\x1b]0;", "\udcff"]), inner, max_size=3),
    ),
    max_leaves=8,
)
changes = st.lists(
    st.tuples(st.sampled_from([-1, 0, 1, 2**200, True, "0"]), odd_values).map(list) | odd_values, max_size=3
)
warned = st.lists(
    st.fixed_dictionaries({"category": odd_values, "text": odd_values, "count": st.sampled_from([1, -1, 2**200, True])})
    | st.fixed_dictionaries({"category": st.just("W"), "count": odd_values, "line": odd_values, "part": odd_values})
    | odd_values,
    max_size=3,
)
answers = st.fixed_dictionaries(
    {"seconds": st.sampled_from([0.0, 0.0, 0.0, 0.0, float("nan"), float("inf"), -1e308, 1, None])},
    optional={
        "value": odd_values,
        "changed": changes | odd_values,
        "warned": warned | odd_values,
        "where": odd_values,
        "other": odd_values,
    },
)
raised = odd_values | st.fixed_dictionaries({"error": odd_values, "text": odd_values})
places = odd_values | st.fixed_dictionaries(
    {"part": odd_values, "line": odd_values}, optional={"function": odd_values, "code": odd_values}
)
operands = odd_values | st.lists(
    st.tuples(odd_values, st.fixed_dictionaries({"type": odd_values | st.just("array"), "shape": odd_values})).map(list)
)
more = odd_values | st.fixed_dictionaries(
    {"kind": st.sampled_from(["operation", "name", "attribute", "key", "nothing", "graph"]) | odd_values},
    optional={"where": places, "operands": operands} | dict.fromkeys(("name", "near", "keys", "maker"), odd_values),
)
errors = st.fixed_dictionaries({"seconds": st.just(0.0), "raised": raised}, optional={"where": places, "more": more})
faults = st.fixed_dictionaries(
    {"seconds": st.just(0.0)}, optional={"refused": odd_values, "uncallable": odd_values, "missing": odd_values}
)
frames = answers | answers | answers | answers | errors | faults | odd_values | st.binary(max_size=50)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(frames, st.sampled_from(sorted(USES)))
def test_any_answer_ends_in_a_line(answer, use):
    assert_told(USES[use], answer)


problem = st.fixed_dictionaries(
    {"kind": st.sampled_from(["syntax", "no-python", "statement"]) | odd_values, "part": odd_values},
    optional=dict.fromkeys(("line", "error", "text", "source", "caret", "names"), odd_values),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(odd_values | st.fixed_dictionaries({"problems": odd_values | st.lists(problem), "names": odd_values}))
def test_any_report_of_loading_ends_in_a_line(report):
    load = {"value": report, "seconds": 0.0}
    message = assert_told(USES["array"], {"missing": "forward", "seconds": 0.0}, load)
    assert "not defined" in message or "something that is not an answer" in message


def test_a_right_answer_still_passes():
    assert assert_told(USES["array"], {"value": W, "seconds": 0.0}) == ""
    assert assert_told(USES["metric"], {"value": 0.45, "seconds": 0.0}) == ""


def test_text_of_megabytes_is_cut():
    text = "a" * 900_000
    long = text[:150_000]
    raised, where = {"error": long, "text": long}, {"part": long, "line": 1, "function": long, "code": long}
    for answer in ({"raised": text}, {"raised": raised, "where": where}, {"value": text}, {"value": {text: 1}}):
        for use in USES.values():
            assert_told(use, answer | {"seconds": 0.0})
    problem = {"kind": "syntax", "part": text, "line": 1, "error": "", "text": "", "names": [text[:1000]] * 100}
    report = {"value": {"names": []}, "problems": [problem], "seconds": 0.0}
    message = assert_told(USES["array"], {"missing": "forward", "seconds": 0.0}, report)
    assert "A part of aaa" in message


def test_misspelt_names_are_looked_for_among_a_few():
    names = [f"forwar{index}" for index in range(60_000)]
    report = {"value": {"problems": [], "names": names}, "seconds": 0.0}
    start = time.monotonic()
    assert "misspelt?" in assert_told(USES["array"], {"missing": "forward", "seconds": 0.0}, report)
    assert time.monotonic() - start < 5


def test_another_dict_in_place_of_an_argument():
    before = {"a": W, "b": W}
    answer = {"value": W, "changed": [[0, {"a": W + 1, "c": W}]], "seconds": 0.0}
    with submission(answer) as student, pytest.raises(CheckFailed, match="argument number 1 in place"):
        student.forward(before)


def test_what_was_returned_may_be_too_deep_to_hand_back():
    deep: Any = 0
    for _ in range(31):
        deep = [deep]
    assert "cannot be handed" in assert_told(hand_back, {"value": deep, "seconds": 0.0})


def test_numbers_as_far_apart_as_floats_go():
    with pytest.raises(CheckFailed, match="entries of W1 is wrong"):
        assert_close(np.array([1.7e308, 1.0]), np.array([-1.7e308, 1.0]), "W1")


@pytest.mark.parametrize(
    "answer", [b"", b"\xff" * 40, [1], "text", {}, {"seconds": 1}, {"value": 1.0}, {"seconds": None, "value": W}]
)
def test_what_is_no_answer_is_tampering(answer):
    with submission(answer) as student:
        with pytest.raises(CheckFailed, match="not an answer"):
            student.forward(W)
        assert [end.status for end in student._session.record.ends] == ["tampered"]
