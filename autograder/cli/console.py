"""What people read in the terminal. Text of students is shown as text: no markup, no escapes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.assignment.late import LatePolicy
from autograder.cli.endings import status_line
from autograder.cli.folding import ONE_BY_ONE, folded, told_briefly, told_later
from autograder.engine.later import Later
from autograder.engine.open_questions import is_open, open_lines
from autograder.facts.result import QuestionResult, Result
from autograder.handin.submissions import HandedIn
from autograder.isolation.settings import SandboxPolicy, missing
from autograder.marks.changes import Change
from autograder.records.marks_alone import contained
from autograder.records.names import names_in
from autograder.records.packed import Packed
from autograder.records.summary import countable, summarise
from autograder.text import counted, flat, number, one_line, visible
from autograder.words import say

_SIGNS = {"passed": ("✓", "green"), "failed": ("✗", "red"), "error": ("!", "red"), "skipped": ("–", "yellow")}
_STYLES = {
    "graded": "",
    "unreadable": "yellow",
    "timeout": "red",
    "memory": "red",
    "crashed": "red",
    "tampered": "red",
    "missing": "dim",
    "waiting": "dim",
}
# between the name and the remark, with the least width
_COLUMNS = (("status", 6), ("attempt", 7), ("late", 4), ("score", 5), ("mark", 4), ("was", 3), ("%", 3))
# what is left out first where a terminal has no room for all
_LEFT_OUT = ("attempt", "was", "first remark", "late", "%")
# characters of a remark: more than any terminal is wide
_REMARK = 1000
# rows that are printed at once
_TOGETHER = 500
_Cells = dict[str, str]
# cells that a name and a remark have at least, where a terminal has them
_NAME = 16
# lines that a question printed and that are shown, among others and alone
_LINES, _LINES_ALONE = 5, 20
_LEAST_REMARK = 16
# and as many before a name gets more
_REMARK_FIRST = 24


@cache
def console() -> Console:
    """The console for progress and notes: standard error, so that standard output can be piped."""
    return Console(stderr=True, highlight=False)


@cache
def output() -> Console:
    """The console for results."""
    # a terminal of an old code page shows plain signs, and ? for a name of another alphabet, instead of ending the run
    with contextlib.suppress(AttributeError, ValueError):
        sys.stdout.reconfigure(errors="plainly")  # type: ignore[union-attr]
    return Console(highlight=False)


def announce_sandbox(report: dict[str, str], policy: SandboxPolicy) -> None:
    """Says once what a run does without; nothing when every layer is in force."""
    absent = [f"{layer} ({report[layer]})" if report.get(layer) else layer for layer in missing(report)]
    if not policy.layers:
        text = "warning: --sandbox none: submissions can read, change and reach what the user who runs them can"
    elif absent:
        text = f"the sandbox does without {', '.join(absent)}; `autograder doctor` says what that means"
    else:
        return
    console().print(Text(visible(text), style="yellow"), soft_wrap=True)


def print_result(
    result: Result,
    verbose: bool = False,
    later: Sequence[Later] = (),
    steps: Mapping[str, str] | None = None,
    screen: Console | None = None,
    news: str = "",
) -> None:
    """One submission: a line a question, below it its message and what it printed.

    Args:
        result: The result of its public tests.
        verbose: Whether to print relative errors too, what is graded later of each question, and every line that a
            question printed.
        later: What is graded only after handing in. Of several questions, what it looks at is told where `verbose`.
        steps: What to do next, by question.
        screen: Where it is printed; standard output by default.
        news: What is new since the last check.
    """
    of_all = "; -v shows all of them" if screen is None else ""
    screen = screen or output()
    hidden = {one.question: one for one in later}
    points = {row.id: f"{number(row.points)}/{number(row.max_points)}" for row in result.questions}
    width = max([6, *map(len, points.values())])
    is_brief = len(result.questions) > 1 and not verbose
    remarks = {}
    for row in result.questions:
        more = hidden.pop(row.id, None)
        if is_open(row):
            continue
        if more is not None:
            remarks[row.id] = told_briefly(more) if is_brief else told_later(more, more=True)
        head = _head(*_SIGNS[row.outcome], row.id, points[row.id].rjust(width))
        _print_lines(screen, head, visible(row.line), remarks.get(row.id, ""))
        cause = [Text(f"      why: {line}", style="bold yellow") for line in visible(row.cause).splitlines()]
        style = "dim" if row.outcome == "skipped" else ""
        lines = [Text(f"      {line}", style=style) for line in visible(row.message).splitlines()]
        step = [Text(f"      {line}") for line in (steps or {}).get(row.id, "").splitlines()]
        for text in [*lines, *cause, *step] if row.begins_with_fact else [*cause, *step, *lines]:
            screen.print(text, soft_wrap=True)
        for line in _relative_errors(row) if verbose else ():
            screen.print(Text(f"      {line}", style="dim"), soft_wrap=True)
        for fact in row.warnings:
            screen.print(Text(f"      {visible(say(fact))}"), soft_wrap=True)
        if row.output:
            screen.print(Text("      it printed:"), soft_wrap=True)
            advice = "; check the question alone to see more" if is_brief else of_all
            most = None if verbose else _LINES if is_brief else _LINES_ALONE
            for line in _printed(row.output, most, advice):
                screen.print(Text(f"        {line}", style="dim"), soft_wrap=True)
    for one in hidden.values():
        _print_lines(screen, _head("·", "dim", one.question, " " * width), "", told_later(one))
    for line in open_lines(result.questions):
        screen.print(Text(line), soft_wrap=True)
    if is_brief and remarks:
        screen.print(Text(ONE_BY_ONE, style="dim"), soft_wrap=True)
    if result.message:
        screen.print(Text(visible(result.message), style="yellow"), soft_wrap=True)
    if status_line(result):
        screen.print(Text(status_line(result), style="red"), soft_wrap=True)
    if news:
        screen.print(Text(news, style="bold" if news.startswith("New") else "dim"), soft_wrap=True)
    score = f"{number(result.score)} of {number(result.max_score)} public points"
    text = Text.assemble((score, "bold green" if result.is_perfect else "bold"))
    if later:
        hidden_points = sum(one.points for one in later)
        all_points = number(hidden_points + result.max_score)
        text.append(f"; {number(hidden_points)} of {all_points} are graded after you hand in")
    screen.print(text, Text(f"({result.seconds:.1f} s)", "dim"), soft_wrap=True)


def _printed(output: str, most: int | None, advice: str) -> list[str]:
    """What a question printed, in lines; of many, the first, how many more there are, and how to see them."""
    lines = visible(output).splitlines()
    if most is None or len(lines) <= most + 1:
        return lines
    return [*lines[:most], f"… and {len(lines) - most} more lines{advice}"]


def _print_lines(screen: Console, head: Text, name: str, remark: str) -> None:
    """A question's name and a remark, folded so that they stay to the right of its points."""
    # what goes into a file or to another program keeps a question on one line
    width = screen.width if screen.is_terminal else None
    for line in folded(head, name, remark, width):
        screen.print(line, soft_wrap=True)


def _relative_errors(row: QuestionResult) -> list[str]:
    return [visible(say(replace(fact, kind="relative-error"))) for fact in row.facts if fact.values.get("allowed")]


def _head(sign: str, style: str, id: str, points: str) -> Text:
    """What stands before the words of a question."""
    return Text.assemble((f"{sign} ", style), (f"{id:<6}", "bold"), points, "  ")


def print_handed_in(handed_in: HandedIn, due: datetime | None, late: LatePolicy | None = None) -> None:
    """What the folder was taken for and how many of each, and what nobody looked at."""
    output().print(Text(one_line(handed_in.line(due))), soft_wrap=True)
    for remark in handed_in.remarks(due, late is not None and late.costs_something and not late.by_file_time):
        output().print(Text(f"  {one_line(remark)}", style="dim"), soft_wrap=True)


def print_changes(changes: Sequence[Change], trial: bool) -> None:
    """Whose mark changes, by how much and where; nothing where none does, but in a trial."""
    if not changes:
        if trial:
            output().print("no mark would change; nothing was changed", soft_wrap=True)
        return
    verb = "would change" if trial else "changes" if len(changes) == 1 else "change"
    output().print(f"\n{counted(len(changes), 'mark')} {verb}:", soft_wrap=True)
    width = min(32, max(cell_len(one_line(one.student)) for one in changes))
    for one in changes:
        name = Text(one_line(one.student))
        name.truncate(width, overflow="ellipsis", pad=True)
        marks = f"  {number(one.was):>6} → {number(one.now):<6}  "
        output().print(Text.assemble(name, marks, (one_line(one.parts), "dim")), soft_wrap=True)
    ups = sum(one.now > one.was for one in changes)
    output().print(f"{ups} up, {len(changes) - ups} down", soft_wrap=True)
    if trial:
        output().print("nothing was changed; the same command without --dry-run applies this", soft_wrap=True)


def print_class(results: Sequence[Result], unseen: int = 0) -> None:
    """A class: a row a student, then the summary, and who is not in it."""
    shown = Packed(contained(countable, one) for one in Packed.of(results).by_name())
    called = names_in(shown)
    rows = [contained(partial(_row, called[one.student]), one) for one in shown]
    widths = _widths(rows)
    room = _room(widths)
    more = _REMARK_FIRST - _LEAST_REMARK if "first remark" in widths else 0
    student = min(room, max(_NAME, min(24 if output().width < 100 else 32, room - more)))
    for row in rows:
        # the row's name in brackets goes where it does not fit
        row["student"] = row["student"] if cell_len(row["student"]) <= student else row["short name"]
    student = min(student, max([_NAME, *(cell_len(row["student"]) for row in rows)]))
    if "first remark" in widths:
        most, longest = _LEAST_REMARK + room - student, max((cell_len(row["first remark"]) for row in rows), default=0)
        widths["first remark"] = min(most, max(longest, len("first remark")))
    # a table of all rows of a large class would take more room than its results
    for first in range(0, max(1, len(rows)), _TOGETHER):
        output().print(_table({"student": student, **widths}, rows[first : first + _TOGETHER], is_first=not first))
    _print_summary(shown, unseen)


def _table(widths: Mapping[str, int], rows: Sequence[_Cells], is_first: bool) -> Table:
    table = Table(header_style="bold", show_edge=False, pad_edge=False, expand=False, show_header=is_first)
    for name, width in widths.items():
        justify: Literal["left", "right"] = "left" if name in ("student", "status", "first remark") else "right"
        table.add_column(name, justify=justify, no_wrap=True, overflow="ellipsis", width=width)
    for row in rows:
        cells = {name: Text(row[name]) for name in widths}
        cells["status"].stylize(row["style"])
        if "first remark" in cells:
            cells["first remark"].stylize("dim")
            # here, because rich cuts the last column's without a sign that there is more
            cells["first remark"].truncate(widths["first remark"], overflow="ellipsis")
        table.add_row(*cells.values())
    return table


def _widths(rows: Sequence[_Cells]) -> dict[str, int]:
    """The columns that there is room for beside the names, with their widths; the remark's is its least."""
    # what a plain folder does not know takes no room
    hidden = {name for name in ("late", "attempt", "mark", "was") if not any(row[name] for row in rows)}
    widths = {
        name: max([least, *(cell_len(row[name]) for row in rows)]) for name, least in _COLUMNS if name not in hidden
    }
    widths["first remark"] = _LEAST_REMARK
    # no number is cut: its column is there as a whole, or not at all
    for name in _LEFT_OUT:
        if _room(widths) >= _NAME:
            break
        widths.pop(name, None)
    return widths


def _room(widths: Mapping[str, int]) -> int:
    """Cells that the columns leave for the names; what is between two is as wide as ` │ `."""
    return max(1, output().width - sum(widths.values()) - 3 * len(widths))


def _print_summary(results: Sequence[Result], unseen: int) -> None:
    summary = summarise(results)
    statuses = ", ".join(f"{count} {status}" for status, count in summary.statuses)
    text = (
        f"{counted(summary.submissions, 'submission')}: {statuses}; mean {summary.mean:.0f} %, "
        f"median {summary.median:.0f} %, {summary.perfect} perfect"
    )
    if not summary.submissions:
        text = "no submission counts" if any(result.has_marks for result in results) else "nothing is graded yet"
    output().print(f"\n{text}", soft_wrap=True)
    for line in (*summary.others, *([f"{unseen} not looked at"] if unseen else [])):
        output().print(Text(line), soft_wrap=True)


def _row(called: str, result: Result) -> _Cells:
    """The cells of a student's row, and the style of its status."""
    remark = next((f"{row.id}: {row.reason}" for row in result.questions if row.message), "")
    remark = result.message if result.status == "unreadable" else remark or result.message
    if result.left_out:
        remark = f"not counted: {result.left_out}"
    return {
        "student": one_line(called),
        "short name": one_line(result.student if result.shown_name == result.student else result.name),
        "status": result.status,
        "style": "dim" if result.is_set else _STYLES[result.status],
        "attempt": result.which_attempt,
        "late": f"{result.late_days} d" if result.late_days else "",
        "score": f"{number(result.score)}/{number(result.max_score)}" if result.has_marks else "",
        "mark": number(result.mark) if result.has_mark and result.mark != result.score else "",
        "was": number(result.was) if result.was is not None else "",
        "%": f"{result.percent:.0f}" if result.has_marks else "",
        "first remark": flat(visible(remark[:_REMARK])),
    }
