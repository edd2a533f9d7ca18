"""What answers cost the grader: bounded memory and time, whatever comes back, its explanation and picture included.

A submission may use up its own time limit, in which answers are read as well; the class waits for it no more than a few
seconds longer.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from autograder.defaults import DEFAULT_SEED
from autograder.explain.diagnosis.explainer import Explainer
from autograder.facts.result import Result
from autograder.isolation.settings import Limits
from tests.grading.test_returned_otherwise import FUNCTIONS, WRAP
from tests.slices import part_of

# beyond what the grader has before: 400 MB in all, and it has some 60 by itself
MOST_MB = 250.0
LIMITS = Limits(seconds_per_question=2.0, seconds_per_submission=5.0)
# of processor time, from reading the file to the result, explanation included: the worst takes 14, and a unit a third
# of a second on the machine where this was measured
MOST_UNITS = 25.0

# what is returned in place of the right value v
ANSWERS = {
    "as it is": "v",
    "keys of 199 letters": "{'k' * 190 + f'{i:09}': 1.0 for i in range(4500)}",
    "a key of 100,000 letters": "{'k' * 100_000: [1.0] * 20_000}",
    "long keys in long keys": "nested(v, 25)",
    "many values": "[0] * 90_000",
    "more values than travel": "[0] * 200_000",
    "empty lists": "[[] for _ in range(40_000)]",
    "empty dicts": "each(v, lambda a: [{} for _ in range(10_000)])",
    "a deep nest": "deep(30)",
    "integers of 512 bits": "[2**511] * 6000",
    "integers of 512 bits, as parts": "each(v, lambda a: 2**511)",
    "an integer without end": "1 << 1_000_000",
    "a text": "'x' * 900_000",
    "texts": "['x' * 150 for _ in range(6000)]",
    "a text of a gigabyte": "'x' * 10**9",
    **{
        f"16 MB of {dtype}": f"np.zeros(16_000_000 // np.dtype('{dtype}').itemsize, '{dtype}')"
        for dtype in ("bool", "float16", "float64", "complex128")
    },
    "16 MB of bools in all parts": "each(v, lambda a: np.zeros(3_900_000, bool))",
    "right shapes, complex": "each(v, lambda a: np.asarray(a) + 0j)",
    "right shapes, float16": "each(v, lambda a: np.asarray(a, np.float16))",
    "rows without end": "each(v, lambda a: np.zeros((len(a) if np.ndim(a) else 1, 57_000)))",
    "axes of size one": "each(v, lambda a: np.zeros((1,) * 16))",
    "no entries": "each(v, lambda a: np.zeros((0, 2**27)))",
    "the largest floats": "each(v, lambda a: np.asarray(a) * 0 + 1.7976931348623157e308)",
    "lists of numbers": "([1.0] * 45_000, [1.0] * 45_000)",
    "many small arrays": "[np.zeros(3) for _ in range(15_000)]",
    "arrays of many sizes": "[np.ones(i) for i in range(200, 1400)]",
    "what it was given, grown": "grown(v, arguments)",
    "many warnings": "warned(v + v if isinstance(v, tuple) else [v])",
    "an error without end": "fail('x' * 50_000_000)",
    "an error like a path": "fail('[\\'' * 1_000_000)",
}
HELPERS = """
def nested(v, depth):
    for _ in range(depth):
        v = {"k" * 199: v, "l" * 199: 1.0}
    return v

def deep(depth):
    v = 1.0
    for level in range(depth):
        v = [v, v] if level % 3 == 0 else [v]
    return v

def grown(v, arguments):
    for argument in arguments:
        if type(argument) is dict:
            argument |= {f"{number}": np.ones((9, 9)) for number in range(2000)}
    return v

def warned(v):
    import warnings
    for number in range(2000):
        warnings.warn(f"{number}" * 100, RuntimeWarning)
    return v

def fail(text):
    raise ValueError(text)
"""


def memory(name):
    """An entry of this process's memory, in MB: `VmHWM` is the most since it was forgotten."""
    return int(Path("/proc/self/status").read_text().partition(f"{name}:")[2].split()[0]) / 1024


def unit():
    """Seconds of processor time that this machine takes, at this moment, to make and look at half a million lists."""
    start = time.process_time()
    for value in [[number] for number in range(500_000)]:
        isinstance(value, list) and len(value) and repr(value[0])
    return time.process_time() - start


def assert_bounded(room, text):
    """Grades a text; what that takes this process, which is the grader, stays within its bounds."""
    room.store(DEFAULT_SEED)
    # with the time that a class's has, and a bank that was read beforehand: it belongs to the assignment
    explainer = Explainer(room.assignment, DEFAULT_SEED)
    explainer._bank = room.bank
    a_unit = unit()
    # "5" makes the peak the present size
    Path("/proc/self/clear_refs").write_text("5")
    # its own time: on a busy machine it waits for others
    before, start = memory("VmRSS"), time.process_time()
    result = room.grade(room.solution + text, LIMITS, explainer=explainer)
    explainer.close()
    seconds, megabytes = time.process_time() - start, memory("VmHWM") - before
    a_unit = max(a_unit, unit())
    assert megabytes < MOST_MB and seconds < MOST_UNITS * a_unit, (megabytes, seconds, a_unit)
    assert "could not be" not in result.message, result.message
    assert len(result.to_json()) < 500_000
    assert Result.from_json(result.to_json()).to_json() == result.to_json()
    return result


@pytest.mark.slow
@pytest.mark.parametrize("way", part_of(list(ANSWERS), few=4))
def test_answers_in_place_of_the_right_ones(room03, way):
    text = HELPERS + WRAP.replace("WAY", ANSWERS[way]).replace("NAMES", repr(FUNCTIONS))
    result = assert_bounded(room03, text)
    assert (result.score == result.max_score) == (way == "as it is")
    # bounds that the student process sees first are an honest mistake
    assert result.status != "tampered"


UNBOUNDED = """
import gc
from autograder.wire import Bounds, Channel
for one in gc.get_objects():
    if isinstance(one, Channel):
        # what binds names by their texts is run before any name is read
        globals()["channel"] = one
        one.answers = Bounds()
"""


@pytest.mark.parametrize(
    "way, status",
    {
        "np.zeros(30_000_000)": "tampered",
        "{'k' * 100_000: [1.0] * 20_000}": "tampered",
        "['x' * 3_000_000]": "tampered",
        "[0] * 90_000": "graded",
    }.items(),
)
def test_answers_whose_sender_forgets_its_bounds(room03, way, status):
    text = WRAP.replace("WAY", way).replace("NAMES", repr(FUNCTIONS)) + UNBOUNDED
    result = assert_bounded(room03, text)
    # on a machine that is busy, going through all of it may take the time that there is
    assert result.score == 0 and result.status in (status, "timeout")


FILES = {
    "names": "for i in range(100_000):\n    globals()['n' * 150 + str(i)] = 1\ndel sigmoid, forward, softmax, train",
    "names alike": "for i in range(3000):\n    globals()['sigmodi' + str(i)] = 1\ndel sigmoid, forward, softmax, train",
    "problems": "\n".join(f"raise ValueError('x' * {1_000_000 + i})" for i in range(300)),
    "lines alike": "def softmax(Z):\n" + "    a = Z.sum(axis=0, keepdims=True)\n" * 4000 + "    return Z",
    "a long line": "def softmax(Z):\n    return np.exp(Z)  # " + "np.exp(Z)" * 20_000,
    "quotes": "def backward(cache, Y, params):\n    x = '" + '"' * 150_000 + "'\n    return 1",
}


@pytest.mark.parametrize("file", FILES)
def test_files(room03, file):
    assert_bounded(room03, "\n\n" + FILES[file])
