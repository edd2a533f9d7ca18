"""The page of one student: the mark, what the marker says, each question, and the code with its places marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from autograder.records.report import page_environment, page_source
from autograder.records.summary import with_decisions
from autograder.text import one_line
from autograder.words.english import ENGLISH
from autograder.words.marking import what_was_done

_PAGES = Path(__file__).parents[1] / "pages"


@dataclass(frozen=True)
class Told:
    """What a page tells besides the result.

    Attributes:
        title: The assignment's title.
        functions: The functions that each question asks for, by its id.
        is_public: Whether nothing is told that a hidden test has found.
    """

    title: str
    functions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_public: bool = False


def feedback_page(
    result: Result, told: Told, source: Source | None, why: str = "", comment: Comment | None = None
) -> str:
    """The page as text. It loads nothing, runs nothing and links to nothing but its own parts.

    Args:
        result: What came of the submission.
        told: What is told besides.
        source: The code that was graded, or None.
        why: Why the code is not shown.
        comment: What the marker says.
    """
    return contained(lambda one: _page(one, told, source, why, comment or Comment()), result)


def _page(result: Result, told: Told, source: Source | None, why: str, comment: Comment) -> str:
    shown = public_only(result) if told.is_public else with_decisions(result)
    marked = Marked(source, shown.questions, told.functions) if source is not None else None
    page = _environment().get_template("feedback.html.j2")
    return page.render(
        result=shown,
        name=one_line(result.name or result.student) or "(no name)",
        title=told.title,
        mark=result.mark,
        most=result.max_score,
        about=what_was_done(result),
        hidden=hidden_points(result) if told.is_public else 0,
        meaning=_meaning(shown, told.is_public),
        outcome_names=ENGLISH.outcomes,
        comment=comment,
        anchors={one.id: f"q{number}" for number, one in enumerate(shown.questions, 1)},
        excerpts={one.id: marked.excerpts(one) if marked else [] for one in shown.questions},
        blocks=marked.blocks if marked else [],
        has_marks=marked is not None and marked.has_marks,
        why=why,
        # ours, read from the package: safe to insert as it is
        style=page_source("base.css") + Markup((_PAGES / "feedback.css").read_text(encoding="utf-8")),
    )


def _meaning(shown: Result, is_public: bool) -> str:
    """What the status means, unless it may be that of a hidden test: where a process ended, a question has an error."""
    is_known = shown.status == "unreadable" or any(one.outcome == "error" for one in shown.questions)
    return "" if shown.status == "graded" or (is_public and not is_known) else ENGLISH.meanings[shown.status]


@cache
def _environment() -> Environment:
    """The pages of the report, whose pictures are drawn here too, and this package's own."""
    environment = page_environment()
    assert environment.loader is not None
    environment.loader = ChoiceLoader([FileSystemLoader(_PAGES), environment.loader])
    return environment
