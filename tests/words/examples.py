"""Every sentence with an example: `python tests/words/examples.py` writes `sentences.txt`, to be read aloud."""

from __future__ import annotations

import math
import string
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from autograder.facts.cause import Cause, Factor  # noqa: E402
from autograder.facts.fact import Fact, Place  # noqa: E402
from autograder.words import because, say  # noqa: E402
from autograder.words.english import ENGLISH  # noqa: E402

FILE = Path(__file__).with_name("sentences.txt")
PLACE = Place("net.py", 0, 12, "backward", "dW1 = X.T @ d1")
# an example for each blank; what differs from one sentence to another is below
VALUES = {
    "begins": "def backward(cache, Y, params):",
    "until": 14,
    "days": "2 days",
    "hours": "3 hours",
    "by": "M. Weber",
    "on": "2026-11-20",
    "reason": "was ill",
    "question": "03.5",
    "category": "RuntimeWarning",
    "earned": 4.5,
    "points": 6.0,
    "questions": ("03.1",),
    **{"name": "forward", "near": "forwards", "type": "Sequential", "path": "keras.optimizers.SGD", "text": "boom"},
    **{
        "count": 3,
        "size": 12,
        "number": 2,
        "limit": 64,
        "tasks": 72,
        "sockets": 64,
        "status": 1,
        "more": 2,
        "index": 4,
    },
    **{
        "came": (3, 4),
        "wanted": (4, 3),
        "shape": (7, 3),
        "keys": ("W1", "b1"),
        "extra": ("w1", "loss"),
        "seconds": 10.0,
    },
    **{
        "error": "ValueError",
        "allowed": 1e-9,
        "yours": 8.5,
        "digits": 4,
        "entry": "1, 2",
        "value": 0.8,
        "worse": 0.1,
        "file": "net.py",
    },
    **{"questions": ("03.4", "03.5"), "reason": "Resource temporarily unavailable", "names": ("params", "losses")},
    **{"why": Fact("time-limit", values={"seconds": 10.0}), "question": "03.5", "lecture": "Losses", "code": "Z1"},
    **{"function": "backward", "line": 12, "cell": 3, "times": 7.0, "mistake": ENGLISH.mistakes["transpose"]},
    **{"rows": "examples", "columns": "outputs", "nth": "second", "low": -1000.0, "high": 1000.0},
    "given": Fact("from-to", values={"low": -1000.0, "high": 1000.0}),
}
AN_ARRAY = Fact("form-array", values={"shape": (3, 4)})
OTHERS = {
    "nth-value": {"nth": "second"},
    "value-of": {"name": "add"},
    "nth-value-of": {"name": "add"},
    "off": {"more": 0.4003, "less": ""},
    "one-off": {"more": 0.4003, "less": ""},
    "all-off": {"less": 14.92, "more": ""},
    "off-number": {"yours": 17.3249, "more": 14.92, "less": ""},
    "other-truth": {"yours": "False"},
    "relative-error": {"error": 0.0321},
    "worse": {"name": "held-out accuracy"},
    "no-metric": {"name": "held-out accuracy", "came": Fact("form-none")},
    "not-what-parameters-give": {
        "name": "the losses",
        "why": Fact("list-length", ("the losses",), {"came": 2, "wanted": 3}),
    },
    "number-of-predictions": {"came": 9, "wanted": 12},
    "list-length": {"came": 2, "wanted": 3},
    "dtype": {"came": "float32", "wanted": "float64"},
    "not-so-many-values": {"came": Fact("form-values", values={"count": 3}), "count": 2},
    "signal": {"name": Fact("signal-11")},
    "form-object": {"name": "Sequential"},
    "form-other": {"name": "set"},
    "form-number": {"text": "inf"},
    "not-an-answer": {"why": "expected a header within the payload"},
    "refused": {"why": "an array of dtype object cannot be sent"},
    "cannot-be-handed": {"why": "expected at most 32 levels of nesting"},
    "not-a-function": {"type": "int"},
    "items": {"type": "dataset"},
    "warned": {"text": "overflow encountered in exp", "count": 12},
    "warned-once": {"text": "overflow encountered in exp"},
    "changes-argument": {"argument": "params"},
    "calls-not-implemented": {"helper": "sigmoid"},
    "cannot-compute": {
        "what": "X @ W1",
        "first": Fact("operand-shape", values={"name": "X", "shape": (7, 5)}),
        "second": Fact("operand-is", values={"name": "W1", "form": Fact("form-none")}),
        "third": "",
        "maker": "init_params",
    },
    "operand-shape": {"name": "X", "shape": (7, 5)},
    "operand-number": {"name": "M"},
    "operand-dtype": {"name": "X", "dtype": "float64"},
    "operand-is": {"name": "H", "form": Fact("form-none")},
    "is-none": {"what": "H", "maker": "sigmoid"},
    "undefined-name": {"what": "gradeint", "near": "gradient"},
    "undefined-attribute": {"what": "np.matmull", "near": "matmul"},
    "tensor-is-no-array": {"what": "T"},
    "no-such-key": {"what": "params", "key": "'W3'"},
    "missing-function": {"unread": "net.py"},
    "missing-member": {"type": "EarlyStopping", "name": "update", "near": "udpate"},
    "not-python": {"text": "'(' was never closed", "source": "H = sigmoid(Z1", "caret": "           ^"},
    "file-not-python": {"text": "'(' was never closed"},
    "without-bank": {"why": Fact("no-bank"), "author": "03_numpy_net"},
    "said": {"text": "your draws are float32; expected float64"},
    "builds-on-functions": {"names": ("W1",)},
    "could-not-be-run": {"why": Fact("statement", values={"file": "net.py", "error": "NameError"}, place=PLACE)},
    "not-honoured": {"text": "%run other.py"},
    "change-and-run": {"cell": "[7]"},
    "hint-there": {"call": 'hint("03.5")', "number": 2, "count": 3},
}
M, K = 7, 3
FACTORS = {"M": M, "1/M": 1 / M, "-1": -1, "2": 2, "1/2": 0.5, "1/k": 1 / K, "k": K}
FACTORS |= {"M/size": M / K, "M/number": M / 4, "1/ln 10": 1 / math.log(10), "1/ln 2": 1 / math.log(2)}
TAKES_A_FORM = ("not-a-dict", "not-a-list", "no-number-in-list", "not-one-number", "not-an-array", "no-variable-left")
TAKES_A_FORM += ("sequence-for-array", "no-predictions", "not-true-or-false")


def example(kind: str, about: tuple[str, ...]) -> str:
    """The sentence of a kind of fact, about these things."""
    values = {**VALUES, **({"came": AN_ARRAY} if kind in TAKES_A_FORM else {}), **OTHERS.get(kind, {})}
    sentence = ENGLISH.facts[kind]
    parts = (sentence,) if isinstance(sentence, str) else sentence
    # blanks, and those in what says how a number is written
    specs = [spec for part in parts for _, _, spec, _ in string.Formatter().parse(part) if spec]
    blanks = {name for part in (*parts, *specs) for _, name, _, _ in string.Formatter().parse(part) if name}
    used = {name: values[name] for name in blanks if name not in ("about", "place")}
    return say(Fact(kind, about, used, PLACE if "place" in blanks else None))


def lines() -> Iterator[str]:
    """All sentences: facts about one thing and about several, mistakes, factors, and whole causes."""
    for kind, sentence in ENGLISH.facts.items():
        text = "".join(sentence)
        yield f"{kind}: {example(kind, ('W1',))}"
        if "{about}" in text and "[" in text:
            yield f"{kind}: {example(kind, ('W1', 'b1', 'W2'))}"
    for kind, text in ENGLISH.mistakes.items():
        yield f"{kind}: {text}"
    for source in ENGLISH.sources:
        value = FACTORS[source]
        size = {"M/size": K, "M/number": 4}.get(source, 1 / abs(value) if abs(value) < 1 else abs(value))
        cause = Cause(("W1", "b1"), factor=Factor("missing-mean", value, source, size, "examples", "outputs"))
        yield f"factor {source}: {because(cause)}"
    for status, meaning in ENGLISH.meanings.items():
        yield f"status {status}: {ENGLISH.statuses[status]}. {meaning}"
    yield f"cause: {because(Cause(('W1', 'b1'), 'missing-derivative', place=PLACE))}"
    yield f"cause, about nothing: {because(Cause((), 'sign', place=Place(cell=3, line=2, function='step')))}"
    yield f"cause, no name: {because(Cause(('[1]',), 'sign'))}"
    yield f"cause, level where: {because(Cause(('W1',), place=PLACE))}"
    yield f"cause, follows: {because(Cause(('W1',), 'sign', follows=('03.5',)))}"
    step = Factor("sign", -1.0, "-1", 1.0, of_step=True)
    yield f"cause, of a step: {because(Cause(('W2',), factor=step, place=PLACE))}"
    yield f"cause, builds on one: {because(Cause(('sigmoid',), follows=('03.1',)))}"
    yield f"cause, builds on two: {because(Cause(('sigmoid', 'softmax'), follows=('03.1', '03.8')))}"
    several = Place("a.py", line=12, function="backward", until=14)
    yield f"cause, in lines: {because(Cause(('W1',), 'sign', place=several))}"
    whole = Cause(("W1",), "derivative-value", place=PLACE, yours="Z1", lecture="Losses, part 2")
    yield f"cause, level lecture: {because(whole)}"
    two = Cause(("W1",), "transpose", Factor("missing-mean", 7.0, "M", 7.0), PLACE)
    yield f"cause, two mistakes: {because(two)}"


if __name__ == "__main__":
    FILE.write_text("\n".join(lines()) + "\n", "utf-8")
