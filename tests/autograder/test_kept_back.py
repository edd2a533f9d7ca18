"""What is told of a hidden test: what is wrong, in the author's words, and no number that the grader has."""

from __future__ import annotations

import pytest

from autograder.engine.kept_back import literals_in, without_numbers
from autograder.facts.fact import Fact
from autograder.words import message

HIDDEN = "This test is hidden, so its numbers are not shown."
# as an author writes it, with what stands in the blanks, and what is left of it
TEXTS = [
    ("`climb` is {a} where a loss is NaN; expected inf", (0.37,), "`climb` is … where a loss is NaN; expected inf"),
    ("{a:.1%} of 1,000 digits are read; expected {b:.0%}", (0.815, 0.9), "… of 1,000 digits are read; expected …"),
    ("with h = k = 1, {a}: expected shape {b}, yours is {c}", ("W1", (5, 1), (1, 5)), None),
    ("stopped late (patience {a}, losses {b})", (3, "0.25, 0.5, -1e-07"), "stopped late (patience …, losses …)"),
    ("float64 examples come as {a}", ("float32",), None),
    ("`W1[{a}]` is {b}", ("2, 3", -1.5e-07), "`W1[…]` is …"),
    ("output_size{a} gives {b}; expected {c}", ((7, 3, 2), 4, 3), "output_size(…) gives …; expected …"),
    ("this is the {a} in a row without a better loss", ("3rd",), "this is the … in a row without a better loss"),
    ("of {a} patients {b} are in both sets", (20, 5), "of … patients … are in both sets"),
    ("the kernel is {a}; the rest of 08.3 is right", ("3x3",), "the kernel is …; the rest of 08.3 is right"),
    ("nothing is dropped at a rate of 0", (), None),
    ("every draw lies between {a} and {b}", (1, 10), "every draw lies between … and …"),
    ("the first of 3 words is right, the others are {a}", (3,), "the first of 3 words is right, the others are …"),
    ("`b2` of `layer_2` is None", (), None),
]  # fmt: skip


@pytest.mark.parametrize("template, values, left", TEXTS, ids=[template for template, _, _ in TEXTS])
def test_numbers_of_a_hidden_test_are_kept_back(template, values, left):
    blanks = dict(zip("abc", values, strict=False))
    text = template.format(**blanks)
    source = f"check(False, f{template!r})"
    first, *more = without_numbers((Fact.said(text, "axis"),), literals_in(source))
    assert (first.values["text"], message(more)) == ((text, "") if left is None else (left, HIDDEN))


def test_what_is_known_of_the_kind_and_of_other_facts_stays():
    said, right = Fact.said("expected 3", "off-by-one"), Fact("right", ("W1",))
    first, second, last = without_numbers((said, right))
    assert (first.code, second, last.kind) == ("off-by-one", right, "numbers-hidden")


def test_a_number_that_stands_elsewhere_by_chance_is_kept_back():
    source = "NAMES = ['best of 3 runs']; N = 3; check(False, f'expected {N}')"
    assert without_numbers((Fact.said("expected 3"),), literals_in(source))[0].values["text"] == "expected …"
