"""The report: a page for the class and a page for every student, each a file that stands alone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.facts.result import Picture, QuestionResult, Result
from autograder.files import write_atomic
from autograder.records.class_table import ClassTable
from autograder.records.marks_alone import contained
from autograder.records.names import file_names, names_in
from autograder.records.packed import Packed
from autograder.records.summary import countable, share_of, summarise, with_decisions
from autograder.text import flat, natural_key, number, one_line, shortened, visible
from autograder.words import say
from autograder.words.english import ENGLISH
from autograder.words.marking import about_mark

_GENERATED = "%Y-%m-%d %H:%M %z"
_PAGES = Path(__file__).parent / "pages"
_GENERATOR = '<meta name="generator" content="tfkit autograder report">'
_TOGETHER = 500  # pieces of the class page that are written at once
_SHOWN = 200  # characters of a message in the class table; the student's page has all of it


def write_report(results: Iterable[Result], folder: str | Path, title: str, generated: str | None = None) -> Path:
    """Write `index.html` for the instructor and `NAME.html` for every student.

    What a page cannot show of one student is left out, down to the marks; the others' pages are as they would be
    without. A page loads nothing: styles are inside it, there are no fonts or pictures of others, and a content
    security policy lets no script run but the class page's own, which sorts and filters. Text of students is
    escaped and made visible wherever it stands. Pages of students who are no longer in the results are
    removed. The same results give the same bytes, the line with the date aside.
    """
    folder = Path(folder)
    class_results = Packed.of(results).by_name()
    names = file_names(result.student for result in class_results)
    if generated is None:
        generated = datetime.now().astimezone().strftime(_GENERATED)
    called = names_in(class_results)
    environment = page_environment()
    script = page_source("report.js")
    shared = _shared(title, generated)
    for result in class_results:
        page = contained(lambda one: _student_page(environment, shared, one), result)
        write_atomic(folder / f"{names[result.student]}.html", page)
    counted = Packed(contained(countable, result) for result in class_results)
    summary = summarise(counted)
    table = ClassTable(counted, summary)
    class_page = environment.get_template("index.html.j2").stream(
        shared,
        rows=(contained(lambda one: _class_row(environment, table, names, called, one), result) for result in counted),
        assignments=sorted({result.assignment for result in counted}),
        summary=summary,
        table=table,
        pages=names,
        known_as=called,
        narrow=page_source("narrow.css"),
        script=script,
        script_source=_script_source(script),
    )
    _remove_stale(folder, {f"{name}.html" for name in names.values()} | {"index.html"})
    class_page.enable_buffering(_TOGETHER)
    return write_atomic(folder / "index.html", class_page)


def student_page(result: Result, title: str) -> str:
    """The page of one student, as text."""
    return contained(lambda one: _student_page(page_environment(), _shared(title, ""), one), result)


def _student_page(environment: Environment, shared: dict[str, Any], result: Result) -> str:
    page = environment.get_template("student.html.j2")
    meaning = ENGLISH.meanings[result.status]
    return page.render(
        shared, result=result, about=_about(result), about_mark=about_mark(result), meaning=meaning, script_source=""
    )


def _about(result: Result) -> list[str]:
    """What is known of the student and the hand-in besides the name, as it is read in one line."""
    group = f"group {result.group}" if result.group else ""
    submitted = f"handed in {_moment(result.submitted)}" if result.submitted else ""
    return [one_line(text) for text in (result.id, result.email, group, submitted) if text]


def _moment(iso: str) -> str:
    """A date and time as one reads it: to the minute, with its zone where that is not this machine's."""
    try:
        when = datetime.fromisoformat(iso)
        is_here = when.utcoffset() in (None, when.replace(tzinfo=None).astimezone().utcoffset())
    except (ValueError, OverflowError):
        return iso.replace("T", " ")
    told = when.isoformat(" ")[: len("2026-11-20 10:18")]
    return told if is_here else f"{told} {when.tzname()}"


def _class_row(
    environment: Environment, table: ClassTable, names: dict[str, str], called: dict[str, str], result: Result
) -> Markup:
    """The student's row in the table of the class."""
    row = environment.get_template("row.html.j2").render(
        result=result,
        page=names[result.student],
        called=called[result.student],
        by_question={question.id: question for question in with_decisions(result).questions},
        table=table,
        status_names=ENGLISH.statuses,
    )
    return Markup(row)  # its text was escaped when it was made


def _shared(title: str, generated: str) -> dict[str, Any]:
    return {
        "title": title,
        "generated": generated,
        "generator": Markup(_GENERATOR),
        "style": page_style("report.css"),
        "status_names": ENGLISH.statuses,
        "outcome_names": ENGLISH.outcomes,
    }


def single_page(template: str, title: str, **values: Any) -> str:
    """A page that is no student's and no class's, as text: it stands alone and runs no script."""
    generated = datetime.now().astimezone().strftime(_GENERATED)
    shared = {"title": title, "generated": generated, "generator": "", "style": page_style("report.css")}
    return page_environment().get_template(template).render(shared, script_source="", **values)


def page_environment() -> Environment:
    """The pages of this package; text is made visible and escaped wherever it stands."""
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # a template is asked for by every row; its file does not change while pages are written
        auto_reload=False,
        # every expression of every template passes here, so that none can forget it; escaping comes after
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.filters["number"] = number
    environment.filters["one_line"] = one_line
    environment.filters["shortened"] = shortened
    environment.filters["said"] = say
    environment.filters["coded"] = coded
    environment.filters["colour"] = _colour
    environment.filters["largest"] = lambda rows: max(abs(number) for row in rows for number in row)
    environment.filters["expected"] = _expected
    environment.filters["headline"] = _headline
    environment.filters["sorted_naturally"] = lambda names: sorted(names, key=natural_key)
    return environment


def coded(text: str, begin: str = "<code>", end: str = "</code>") -> Markup:
    """Text with what stands between backticks as code; `begin` and `end` are tags of ours."""
    return Markup(re.sub(r"`([^`\n]+)`", rf"{begin}\1{end}", str(escape(visible(text)))))


def _colour(question: QuestionResult) -> str:
    """The colour class of a question's points; every use also shows the number."""
    if question.outcome == "skipped":
        return "absent"
    share = share_of(question)
    if share >= 1:
        return "full"
    return "most" if share >= 0.5 else "some" if share > 0 else "none"


def _expected(picture: Picture) -> list[list[float]] | list[float]:
    """What is right, of a public test: yours less the difference; a curve's one row."""
    rows = [
        [yours - off for yours, off in zip(*both, strict=True)]
        for both in zip(picture.yours, picture.difference, strict=True)
    ]
    return rows[0] if picture.kind == "curve" else rows


def _headline(result: Result) -> str:
    """One line for the class table: the submission's message, or what the first lost question says."""
    text = f"Not counted: {result.left_out}." if result.left_out else result.message
    if not text:
        lost: QuestionResult | None = next(
            (row for row in result.questions if row.outcome in ("failed", "error")), None
        )
        if lost is not None:
            text = f"{lost.id}: {lost.reason}"
    return shortened(flat(text[: 10 * _SHOWN]), _SHOWN)


def page_source(name: str) -> Markup:
    """A file of this package that goes into a page as it is: styles, scripts."""
    # ours, read from the package: safe to insert as it is
    return Markup((_PAGES / name).read_text(encoding="utf-8"))


def page_style(name: str) -> Markup:
    """The styles of a page: those that all pages have, and a file of this package."""
    return page_source("base.css") + page_source(name)


def _script_source(script: str) -> str:
    digest = hashlib.sha256(f"\n{script}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _remove_stale(folder: Path, kept: set[str]) -> None:
    for page in folder.glob("*.html") if folder.is_dir() else ():
        if page.name not in kept and page.is_file():
            with page.open("rb") as file:
                if _GENERATOR.encode() in file.read(1000):  # never a page that somebody else put there
                    page.unlink()
