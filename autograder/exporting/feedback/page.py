"""The page of one student: the mark, what the marker says, each question, and the code with its places marked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from autograder.exporting.feedback.comments import Comment
from autograder.exporting.feedback.places import Marked
from autograder.exporting.feedback.public import hidden_points, public_only
from autograder.facts.result import Result
from autograder.handin.sources import Source
from autograder.records.marks_alone import contained
from autograder.records.report import page_environment
from autograder.text import one_line
from autograder.words.english import ENGLISH
from autograder.words.marking import about_mark

_PAGES = Path(__file__).parents[1] / "pages"


def feedback_page(
    result: Result,
    title: str,
    source: Source | None,
    why: str = "",
    comment: Comment | None = None,
    public: bool = False,
) -> str:
    """The page as text. It loads nothing, runs nothing and links to nothing but its own parts.

    Args:
        result: What came of the submission.
        title: The assignment's title.
        source: The code that was graded, or None.
        why: Why the code is not shown.
        comment: What the marker says.
        public: Whether nothing is told that a hidden test has found.
    """
    return contained(lambda one: _page(one, title, source, why, comment or Comment(), public), result)


def _page(result: Result, title: str, source: Source | None, why: str, comment: Comment, public: bool) -> str:
    shown = public_only(result) if public else result
    marked = Marked(source, shown.questions) if source is not None else None
    ids = [question.id for question in shown.questions]
    return (
        _environment()
        .get_template("feedback.html.j2")
        .render(
            result=shown,
            name=one_line(result.name or result.student) or "(no name)",
            title=title,
            mark=result.mark,
            most=result.max_score,
            about=about_mark(result),
            hidden=hidden_points(result) if public else 0,
            meaning=ENGLISH.meanings[result.status],
            outcome_names=ENGLISH.outcomes,
            comment=comment,
            anchors={id: f"q{number}" for number, id in enumerate(ids, 1)},
            excerpts={id: marked.excerpts(id) if marked else [] for id in ids},
            blocks=marked.blocks if marked else [],
            why=why,
            # ours, read from the package: safe to insert as it is
            style=Markup((_PAGES / "feedback.css").read_text(encoding="utf-8")),
        )
    )


@cache
def _environment() -> Environment:
    """The pages of the report, whose pictures are drawn here too, and this package's own."""
    environment = page_environment()
    assert environment.loader is not None
    environment.loader = ChoiceLoader([FileSystemLoader(_PAGES), environment.loader])
    return environment
