"""Gradescope: `results.json`, as its autograders write it.

Reference: https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format", "Output String Formatting",
"Controlling test case visibility" and "Leaderboards". A score at the top stands in place of the sum of the tests'.
Where a test is hidden, students do not see their score. `visibility` is `visible`, `hidden`, `after_due_date` or
`after_published`; `status` is `passed` or `failed`; a format is `text`, `html`, `simple_format`, `md` or `ansi`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from autograder.exporting.marks import Mark
from autograder.exporting.outcome import Outcome
from autograder.facts.result import QuestionResult, Result
from autograder.records.marks_alone import contained
from autograder.records.names import file_names
from autograder.text import visible
from autograder.words import message
from autograder.words.english import ENGLISH
from autograder.words.marking import what_was_done

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")


def results_json(result: Result, hidden: str = "after_published", has_leaderboard: bool = False) -> str:
    """What Gradescope reads of one submission: a test for each test of each question.

    Of a hidden test it holds what students may read, and no number; when they read it, `hidden` says.

    Args:
        result: The result.
        hidden: The visibility of hidden tests.
        has_leaderboard: Whether the mark is shown on the assignment's leaderboard.

    Example:

    >>> json.loads(results_json(Result("ada", "03_numpy_net", "graded")))["score"]
    0.0
    """
    return contained(lambda one: _json(one, hidden, has_leaderboard), result)


def _json(result: Result, hidden: str, has_leaderboard: bool) -> str:
    told = [*([] if result.status == "graded" else [ENGLISH.meanings[result.status]])]
    told += [*([result.message] if result.message else []), *what_was_done(result)]
    record: dict[str, Any] = {
        "score": result.mark,
        "execution_time": round(result.seconds, 2),
        "output": visible("\n".join(told)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        # what our own program prints; students are told in the tests
        "stdout_visibility": "hidden",
        "tests": [test for question in result.questions for test in _tests(question, hidden)],
        "extra_data": {
            "assignment": result.assignment,
            "status": result.status,
            "max_score": result.max_score,
            "without_carrying": result.without_carrying,
            "sandbox": result.sandbox,
            "versions": result.versions,
        },
    }
    if has_leaderboard:
        record["leaderboard"] = [{"name": "Points", "value": result.mark, "order": "desc"}]
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    # strict parsers refuse a lone surrogate
    return text.encode("utf-8", "replace").decode()


def _tests(question: QuestionResult, hidden: str) -> Iterator[dict[str, Any]]:
    if not question.parts:
        # graded by an early program, which kept no tests: what students may read of all of them
        yield _test(question.id, question.name, question, question.reason, "visible", ["tests"])
        return
    # the cause explains the first test that went wrong, and is told there alone
    first = next((part for part in question.parts if part.outcome in ("failed", "error")), None)
    for number, part in enumerate(question.parts, 1):
        lines = [question.cause if part is first else "", message(part.facts)]
        place = question.id if len(question.parts) == 1 else f"{question.id}.{number}"
        kind = "hidden" if part.is_hidden else "public"
        shown = hidden if part.is_hidden else "visible"
        yield _test(place, part.name, part, "\n".join(filter(None, lines)), shown, [question.id, kind])


def _test(place: str, name: str, of: Any, output: str, shown: str, tags: list[str]) -> dict[str, Any]:
    return {
        "number": visible(place),
        "name": visible(name),
        "name_format": "text",
        "score": round(of.points, 3),
        "max_score": round(of.max_points, 3),
        "status": "passed" if of.outcome == "passed" else "failed",
        "output": visible(output),
        "output_format": "text",
        "tags": [visible(tag) for tag in tags],
        "visibility": shown,
        "extra_data": {"outcome": of.outcome},
    }


def to_gradescope(marks: Sequence[Mark], hidden: str, has_leaderboard: bool = False) -> Outcome:
    """A folder for each student who has a mark, called as in Gradescope's export, with `results.json` in it.

    Args:
        marks: What everybody gets.
        hidden: The visibility of hidden tests.
        has_leaderboard: Whether marks are shown on the assignment's leaderboard.
    """
    outcome = Outcome({})
    names = file_names(mark.result.student for mark in marks)
    for mark in marks:
        if mark.points is None:
            outcome.left.append((mark.name, mark.reason))
            continue
        text = results_json(mark.result, hidden, has_leaderboard)
        folder = PurePosixPath(mark.result.file).parts[0] if mark.result.file.startswith("submission_") else ""
        # a group has one hand-in, and each of its members a row
        if not folder or f"{folder}/results.json" in outcome.files:
            folder = names[mark.result.student]
        outcome.files[f"{folder}/results.json"] = text.encode("utf-8")
        outcome.written += 1
    return outcome
