"""Sentences: all of them with an example, each kind of fact has one, and a second language is a second table."""

from __future__ import annotations

import ast
import re

import pytest

from autograder.facts.cause import Cause, Factor
from autograder.facts.fact import Fact, Place, together
from autograder.facts.kinds import CODES
from autograder.facts.result import Diagnosis, QuestionResult, Result
from autograder.words import Table, because, message, say
from autograder.words.english import ENGLISH
from tests.words.examples import FILE, ROOT, lines

GERMAN = Table(
    facts={
        "shape": "{about} [hat|haben] die Form {came}. Erwartet war {wanted}.",
        "right": "{about} [ist|sind] richtig.",
        "builds-on": "Das baut auf {questions} auf. Bring zuerst das in Ordnung.",
        "time-limit": ("Es dauerte länger als erlaubt", " ({seconds:g} s)", "."),
        "factor-larger": "{about} [ist|sind alle] {times:.4g}-mal zu groß.",
        "mistake-of": "{about}: {mistake:inside}",
        "look-there": "Sieh dir {place} an.",
        "place": ("Zelle {cell}, ", "Zeile {line}", " in {function}"),
    },
    mistakes={"sign": "Ein Vorzeichen ist falsch."},
    sources={"M": "{size:g} ist die Zahl deiner Beispiele: Der Mittelwert fehlt."},
    joined="und",
)
CAUSE = Cause(("W1", "b1"), factor=Factor("missing-mean", 7.0, "M", 7.0))


def test_sentences_are_those_that_were_read_aloud():
    assert "\n".join(lines()) + "\n" == FILE.read_text("utf-8"), "read them again: python tests/words/examples.py"


def test_every_mistake_has_a_sentence():
    assert tuple(ENGLISH.mistakes) == CODES


def kinds_in_code() -> set[str]:
    found = set()
    for path in (ROOT / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_fact = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_fact and node.func.id in ("Fact", "Difference") and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def test_every_kind_of_fact_has_a_sentence_and_every_sentence_a_fact():
    made = kinds_in_code()
    assert made <= ENGLISH.facts.keys()
    text = "".join(path.read_text("utf-8") for path in (ROOT / "autograder").rglob("*.py") if path.name != "english.py")
    # those of a computed name, such as signal-11, are made of these
    computed = re.compile(r"form-|signal-|factor-|some-|memory|scratch|processes|descriptors|keeper")
    for kind in ENGLISH.facts.keys() - made:
        assert computed.match(kind) or f'"{kind}"' in text, f"nothing says {kind}"


@pytest.mark.parametrize("word", ["mend", "turned round", "is to be", "are to be", "none uses none", "travel"])
def test_words_that_nobody_says_aloud(word):
    assert word not in FILE.read_text("utf-8")


def test_a_second_language_is_a_second_table():
    facts = [Fact("shape", (name,), {"came": (3, 4), "wanted": (4, 3)}) for name in ("W1", "b1")]
    assert message([*facts, Fact("right", ("b2",))], GERMAN) == (
        "W1 und b1 haben die Form (3, 4). Erwartet war (4, 3).\nb2 ist richtig."
    )
    assert say(Fact("time-limit", values={"seconds": 10.0}), GERMAN) == "Es dauerte länger als erlaubt (10 s)."
    assert because(CAUSE, GERMAN) == (
        "W1 und b1 sind alle 7-mal zu groß. 7 ist die Zahl deiner Beispiele: Der Mittelwert fehlt."
    )
    sign = Cause(("W1",), "sign", place=Place(line=12, function="backward"))
    assert because(sign, GERMAN) == "W1: ein Vorzeichen ist falsch. Sieh dir Zeile 12 in backward an."
    # what has not been translated yet is said in English
    assert say(Fact("nan", ("W1",)), GERMAN) == "W1 is NaN."


@pytest.mark.parametrize(
    "cause",
    [
        CAUSE,
        Cause(("W1",), place=Place(line=12, function="backward")),
        Cause((), "sign", place=Place(cell=3, function="step"), yours="Z1", lecture="Losses"),
        Cause(("[1]",), "sign", Factor("missing-mean", 7.0, "M", 7.0), follows=("03.5",)),
    ],
)
def test_what_a_table_lacks_is_said_in_english(cause):
    assert because(cause, Table({}, {}, {})) == because(cause)


def test_a_cause_in_two_languages():
    cause = Cause(("W1", "b1"), "sign", Factor("mean-twice", 1 / 7, "1/M", 7.0), lecture="Losses")
    assert because(cause, GERMAN) == (
        "There are two mistakes in W1 and b1. 7 is your number of examples, so their mean is taken once too often. "
        "Ein Vorzeichen ist falsch. Read again: Losses."
    )


def test_what_says_the_same_is_said_once():
    assert message([Fact("nan", ("W1",)), Fact("right", ("b1",)), Fact("nan", ("W2",))]) == (
        "W1 and W2 are NaN.\nb1 is right."
    )
    assert [fact.about for fact in together([Fact("nan"), Fact("nan")])] == [(), ()]


def test_the_sentence_of_the_readme():
    assert because(CAUSE) == (
        "W1 and b1 are both 7 times too large. 7 is your number of examples, so a mean over the examples is missing."
    )


def test_text_of_a_student_is_no_template():
    fact = Fact("raised", values={"name": "{place}", "error": "{about[0]}", "text": "[is|are] {0.__class__}"})
    assert say(fact) == "{place} raised {about[0]}: [is|are] {0.__class__}"


def test_facts_survive_json():
    inner = Fact("form-array", values={"shape": (3, 4)})
    fact = Fact("not-one-number", ("the loss",), {"came": inner, "names": ("a", "b"), "size": 2}, Place("a.py", 0, 3))
    row = QuestionResult("1", "Loss", "failed", 0.0, 1.0, "m", Diagnosis("sign", None, "t", (CAUSE,)), facts=(fact,))
    result = Result("ada", "03", "graded", (row,), facts=(fact,))
    again = Result.from_json(result.to_json())
    assert again == result and say(again.facts[0]) == "The loss is an array of shape (3, 4). Expected one number."
