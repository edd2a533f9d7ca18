"""Why a mark is what it is, in sentences."""

from __future__ import annotations

from autograder.facts.adjustment import Adjustment
from autograder.facts.fact import Fact
from autograder.facts.result import Result
from autograder.text import counted, number
from autograder.words.english import ENGLISH
from autograder.words.saying import say

_NOT_RUN = ("could-not-be-run", "not-python")


def about_mark(result: Result) -> list[str]:
    """What was done to the score, a sentence each; [] where the mark is the score and always was.

    Example:

    >>> bonus = Adjustment("bonus", "found a mistake in the hand-out", "M. Weber", "2026-11-20", points=2)
    >>> about_mark(Result("ada", "03_numpy_net", "graded", adjustments=(bonus,)))
    ['2 points more: found a mistake in the hand-out (M. Weber, 2026-11-20).']
    """
    said = what_was_done(result)
    if result.was is not None and result.was != result.mark:
        said.append(say(Fact("mark-was", values={"points": number(result.was)})))
    return said


def what_was_done(result: Result) -> list[str]:
    """The same without what the mark was before, which changes from run to run: for students, and for tables."""
    said = [_late(result)] if result.late_hours else []
    said += [_adjusted(one) for one in result.adjustments]
    return [say(fact) for fact in said]


def why_nothing(result: Result) -> str:
    """Why nothing of a submission could be read or run, as a sentence; "" where something was.

    Example:

    >>> why_nothing(Result("ada", "03_numpy_net", "unreadable", message="expected a .py or .ipynb, found x.rar"))
    'Expected a .py or .ipynb, found x.rar.'
    """
    is_stopped = result.status != "graded" or any(fact.kind in _NOT_RUN for fact in result.facts)
    has_nothing = all(one.outcome == "error" and not one.points for one in result.questions)
    if not result.has_marks or not is_stopped or not has_nothing:
        return ""
    told = result.message.partition("\n")[0] or ENGLISH.meanings[result.status].partition(". ")[0]
    # the name of a file stays as it is written
    begin = told[:1].upper() if told.partition(" ")[0].isalpha() else told[:1]
    return f"{begin}{told[1:].rstrip('.')}."


def _late(result: Result) -> Fact:
    by_hours = 0 < result.late_hours < 24
    days = counted(result.late_hours, "hour") if by_hours else counted(result.late_days, "day")
    if not result.late_penalty:
        return Fact("mark-late-free", values={"days": days})
    return Fact("mark-late-days", values={"days": days, "points": points(result.late_penalty)})


def _adjusted(one: Adjustment) -> Fact:
    why = {"reason": one.reason, "by": one.by, "on": one.on}
    if one.kind == "extension":
        kind = "mark-extension-until" if one.until else "mark-extension"
        return Fact(kind, values=why | {"days": counted(one.days, "day"), "until": one.until.replace("T", " ")})
    if one.kind == "override":
        kind = "mark-override-question" if one.question else "mark-override"
        return Fact(kind, values=why | {"points": points(one.points), "question": one.question})
    if one.kind == "bonus":
        return Fact(
            "mark-deduction" if one.points < 0 else "mark-bonus", values=why | {"points": points(abs(one.points))}
        )
    return Fact("mark-excuse", values=why)


def points(amount: float) -> str:
    """An amount of points as it is read aloud.

    Example:

    >>> points(1), points(2.5)
    ('1 point', '2.5 points')
    """
    return f"{number(amount)} point{'' if amount == 1 else 's'}"
