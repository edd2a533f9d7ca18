"""The result of a check below a notebook's cell: HTML that every notebook shows, whatever its theme and its styles.

Nothing but `div`, `span` and pictures with styles of their own: what a notebook does to paragraphs, tables and code
does not reach it, and there is nothing in it that could reach the notebook. Text has the notebook's own colour, and
lines and surfaces are half transparent, so that it is readable on light and on dark ground.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from autograder.engine.open_questions import is_open, open_lines
from autograder.facts.result import Picture, QuestionResult, Result
from autograder.records.marks_alone import contained
from autograder.records.report import coded, page_environment
from autograder.text import number
from autograder.words.english import ENGLISH

_DRAWN = re.compile(r"(<svg .*?</svg>)\s*<figcaption>(.*?)</figcaption>", re.DOTALL)
# a sign and its word stand beside each colour; each has a contrast of 3 or more on white and on black
_SIGNS = {
    "passed": ("✓", "#2e8b57"),
    "failed": ("✗", "#d9434e"),
    "error": ("✗", "#d9434e"),
    "skipped": ("–", "#7d8794"),
}


@dataclass(frozen=True)
class Beside:
    """What is told of a question besides its result.

    Attributes:
        later: What is graded only after handing in, or "".
        step: What to do next, or "".
    """

    later: str = ""
    step: str = ""


def card(result: Result, beside: Mapping[str, Beside], hidden_points: float = 0.0, others: Sequence[str] = ()) -> str:
    """The HTML of a result; what cannot be shown of it is left out, down to the marks.

    Args:
        result: The result.
        beside: What is told besides, by question.
        hidden_points: Points that are graded after handing in.
        others: Lines about questions of which all is graded then, and about all of them.
    """
    return contained(lambda one: _card(one, beside, hidden_points, others), result)


def _card(result: Result, beside: Mapping[str, Beside], hidden_points: float, others: Sequence[str]) -> str:
    environment = page_environment()
    environment.filters["coded"] = _coded
    draw = environment.get_template("picture.html.j2").module.picture  # type: ignore[attr-defined]
    rows = [
        (row, *_SIGNS[row.outcome], _pictures(draw, row), beside.get(row.id, Beside()))
        for row in result.questions
        if not is_open(row)
    ]
    total = f"{number(result.score)} of {number(result.max_score)} public points"
    if hidden_points:
        total += f"; {number(hidden_points)} of {number(hidden_points + result.max_score)} are graded after you hand in"
    page = environment.get_template("card.html.j2").render(
        result=result,
        rows=rows,
        total=total,
        others=[*open_lines(result.questions), *others],
        outcome_names=ENGLISH.outcomes,
        status_names=ENGLISH.statuses,
    )
    # Markdown cells of some notebooks end HTML at an empty line
    return re.sub(r"\n\s*\n", "\n", page)


def _coded(text: str, style: str) -> Markup:
    """A sentence with what stands between backticks in a style of its own: notebooks have one for `code`."""
    return coded(text, f'<span style="{escape(style)}">', "</span>")


def _pictures(draw: Callable[[Picture], str], row: QuestionResult) -> list[tuple[str, str]]:
    """The pictures of a question: each as a data URI, with the text that says what it shows."""
    shown = row.picture
    if shown is None or not shown.can_be_drawn:
        return []
    kind = "Curve" if shown.kind == "curve" else "Heat map"
    return [(_data_uri(svg), f"{kind}: {html.unescape(text)}") for svg, text in _DRAWN.findall(str(draw(shown)))]


def _data_uri(svg: str) -> str:
    alone = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(alone.encode()).decode()}"
