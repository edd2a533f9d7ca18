"""A class in brief: a paragraph to paste into a mail, and the same figures for a machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.facts.result import GRADED, Result
from autograder.records.names import names_in
from autograder.records.summary import not_counted, summarise
from autograder.text import counted, name_key, number, one_line
from autograder.words.english import ENGLISH

# mistakes that a mail tells of
_TOLD = 5


def mail(results: Sequence[Result], title: str, names: bool = False) -> str:
    """What a colleague wants to know of a class: plain text, a line each.

    Args:
        results: The class.
        title: What the assignment is called.
        names: Whether those whom somebody should look at are named.

    Example:

    >>> from autograder.facts.result import QuestionResult
    >>> answer = QuestionResult("03.1", "Sigmoid.", "passed", 3, 4)
    >>> print(mail([Result("ada", "03_numpy_net", "graded", (answer,))], "A network"))
    A network, 4 points: 1 submission, mean 75 %, median 75 %, 0 with every point.
    Mean share of the points by question: 03.1 75 %.
    """
    summary = summarise(results)
    if not summary.submissions:
        return f"{one_line(title)}: no submission counts yet."
    called = names_in(results)
    most = max(result.max_score for result in results if result.counts)
    shares = ", ".join(f"{row.id} {100 * row.share:.0f} %" for row in summary.questions)
    lines = [
        f"{one_line(title)}, {number(most)} points: {counted(summary.submissions, 'submission')}, mean "
        f"{summary.mean:.0f} %, median {summary.median:.0f} %, {summary.perfect} with every point.",
        f"Mean share of the points by question: {shares}.",
    ]
    if summary.mistakes:
        lines.append("The most frequent mistakes:")
    for mistake in summary.mistakes[:_TOLD]:
        example = "such as: " if mistake.is_example else ""
        where = f"{mistake.questions[0]}: " if mistake.questions else ""
        lines.append(f"- {where}{example}{mistake.text} ({counted(len(mistake.students), 'student')})")
    if summary.not_begun:
        lines.append(f"Not begun: {summary.not_begun}.")
    look: dict[str, list[str]] = {status: [] for status in GRADED[1:]}
    for result in results:
        if result.needs_look:
            look[result.status].append(one_line(called[result.student]))
    if summary.attention:
        counts = (f"{len(who)} {ENGLISH.statuses[status].lower()}" for status, who in look.items() if who)
        lines.append(f"Somebody should look at {summary.attention}: {', '.join(counts)}.")
    for status, who in look.items():
        if names and who:
            lines.append(f"{ENGLISH.statuses[status]}: {'; '.join(sorted(who, key=name_key))}.")
    if absent := not_counted(results):
        lines.append(f"Besides: {', '.join(f'{len(who)} {what}' for what, who in absent.items())}.")
    return "\n".join(lines)


def class_json(results: Sequence[Result], title: str, output: Path) -> str:
    """The same as JSON on one line, with the names of rows and where the files are."""
    summary = summarise(results)
    record: dict[str, Any] = {
        "assignment": next((result.assignment for result in results), ""),
        "title": title,
        "submissions": summary.submissions,
        "mean": round(summary.mean, 2),
        "median": round(summary.median, 2),
        "perfect": summary.perfect,
        "statuses": dict(summary.statuses),
        "questions": [
            {"id": row.id, "share": round(row.share, 4), "full": row.full, "part": row.part, "none": row.none}
            | {"not_begun": row.open, "max_points": row.max_points}
            for row in summary.questions
        ],
        "mistakes": [
            {"questions": one.questions, "code": one.code, "text": one.text, "students": one.students}
            for one in summary.mistakes
        ],
        "attention": [one.student for one in results if one.needs_look],
        "not_counted": not_counted(results),
        "gradebook": str(output / "gradebook.sqlite"),
        "table": str(output / "gradebook.csv"),
        "report": str(output / "report" / "index.html"),
    }
    # what a student's name holds may be no text of UTF-8
    return json.dumps(record, ensure_ascii=True, allow_nan=False)
