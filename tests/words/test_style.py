"""How a message reads, whatever fills its blanks: it begins as a sentence does, ends once, and says a thing once."""

from __future__ import annotations

import re

import pytest

from autograder.assignment.questions import Question
from autograder.engine import runs
from autograder.engine.later import later_of
from autograder.facts.fact import Fact, Place
from autograder.words import say
from autograder.words.english import ENGLISH
from tests.words.examples import OTHERS, VALUES, example, lines

# parts of other sentences
_PARTS = re.compile(r"form-|operand-|place|signal-\d|signal-other|row-|from-to|value|nth-value|step-of")
# names that the examples have, which stay as they are written
_NAMES = ("W1", "forward", "net.py", "keras.optimizers.SGD", "03.5", "…")
_ASKED = ("look at", "looks at", "fix that first", "is `return` missing", "did you mean", "comes from", "is not shown")
# texts as libraries, students and authors write them
TEXTS = ["invalid syntax. Maybe you meant '=='?", "boom!", "That is all.", "it is `a.b`", "and so on …"]


OPEN = [kind for kind, parts in ENGLISH.facts.items() if re.search("{(text|why|place)}", "".join(parts))]


def messages() -> list[str]:
    """What the examples say, each without its kind."""
    told = [line.partition(": ") for line in "\n".join(lines()).split("\n") if re.match(r"[\w ,/.½-]+: ", line)]
    return [text for kind, _, text in told if not _PARTS.match(kind)]


def is_well_ended(text: str) -> bool:
    return not re.search(r"[?!…]\.(?!\w)|(?<!\.)\.\.(?!\.)|\?\?|\s[.,;:?!](?!\w)", text)


@pytest.mark.parametrize("text", messages())
def test_message_reads_as_a_sentence(text):
    assert re.match(r"[A-Z\d`…]", text) or text.startswith(_NAMES), text
    assert is_well_ended(text), text
    assert not any(text.lower().count(asked) > 1 for asked in _ASKED), text
    sentences = re.split(r"(?<=[.?!]) ", text)
    assert len(sentences) == len(set(sentences)), text


@pytest.mark.parametrize("inner", TEXTS)
@pytest.mark.parametrize("kind", OPEN)
def test_a_sentence_ends_once_whatever_stands_at_its_end(kind, inner, monkeypatch):
    place = Place("net.py", 0, 12, "backward", inner)
    for name in ("text", "why"):
        monkeypatch.setitem(VALUES, name, Fact.said(inner) if name == "why" else inner)
        if name in OTHERS.get(kind, {}):
            monkeypatch.setitem(OTHERS[kind], name, inner)
    monkeypatch.setattr("tests.words.examples.PLACE", place)
    text = example(kind, ("W1",))
    assert is_well_ended(text), text


@pytest.mark.parametrize(
    "written, read",
    [
        ("expected a dict, you return a list", "Expected a dict, you return a list"),
        ("images are float32", "Images are float32"),
        ("all 3 runs are one word", "All 3 runs are one word"),
        ("a batch has shape (3, 2)", "A batch has shape (3, 2)"),
        ("held-out digits are read", "Held-out digits are read"),
        ("`rates` returns a list", "`rates` returns a list"),
        ("output_size(7, 3) gives 4", "output_size(7, 3) gives 4"),
        ("np.mean is not used", "np.mean is not used"),
        ("b1: the same seed gives other weights", "b1: the same seed gives other weights"),
        ("grid: the first two trials are one", "grid: the first two trials are one"),
        ("broken-empty.py is empty", "broken-empty.py is empty"),
        ("W is zero", "W is zero"),
        ("", ""),
    ],
)
def test_an_authors_line_begins_as_a_sentence_does(written, read):
    assert say(Fact.said(written)) == read


def test_a_name_of_several_words_begins_as_a_sentence_does():
    value = {"name": "held-out accuracy", "came": Fact("form-none")}
    assert say(Fact("no-metric", values=value)) == "Held-out accuracy is None. Expected one finite number."
    assert say(Fact("nan", ("output_size(2, 3)",))) == "output_size(2, 3) is NaN."


def test_what_is_graded_later_is_said_once():
    said = [
        "Dropout: other rates and seeds, such as a rate of 0; float64 in, float64 out.",
        "Dropout: other rates and seeds; float64 in, float64 out.",
        "Dropout: other layers.",
    ]
    tests = [runs.Test(f"test_{place}", Question("09.2", 0.5), line, True) for place, line in enumerate(said)]
    (later,) = later_of(tests)
    assert later.looks_at == "other rates and seeds, such as a rate of 0; float64 in, float64 out; other layers"
