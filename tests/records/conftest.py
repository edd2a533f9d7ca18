"""Results of a small class with everything in it that students can do to a report."""

from dataclasses import replace

import pytest

from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis, QuestionResult, Result

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "name\u202egpj.exe",
    "\x1b[2J\x00wiped",
    "{{ 7*7 }}{% raw %}",
    "CON",
    "index",
    ".",
    "..",
    "",
    "\udcff\udcfe",
    "javascript:alert(1)",
    "-1+1",
    "a" * 400,
]


@pytest.fixture
def make_result():
    """A function that makes a result of four questions with some of the points."""

    def make(student="ada", points=(2.0, 4.0, 1.0, 0.0), status="graded", text="", **fields):
        rows = []
        for index, earned in enumerate(points):
            maximum = (2.0, 4.0, 3.0, 5.0)[index]
            outcome = "passed" if earned == maximum else "failed"
            cause = (
                None if outcome == "passed" else Diagnosis("missing-mean", "W1", f"{text}The division by M is missing.")
            )
            message = "" if outcome == "passed" else f"W1 differs {text}"
            id = f"03.{(2, 9, 10, 11)[index]}"
            warned = Fact("warned", values={"category": text, "text": text, "count": 12}, place=Place.of(text, 41))
            row = QuestionResult(id, "Name", outcome, earned, maximum, message, cause, output=text)
            rows.append(replace(row, warnings=(warned,) if text else ()))
        given = {
            "seconds": 0.25,
            "seed": 7,
            "sandbox": "strict",
            "versions": {"numpy": "2.4.6"},
            "output": text,
        }
        return Result(student, "03_numpy_net", status, tuple(rows), **(given | fields))

    return make


@pytest.fixture
def hostile(make_result):
    """One result per hostile text, which is its student's name, message and output."""
    return [make_result(text, text=text, message=text) for text in HOSTILE]
