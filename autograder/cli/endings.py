"""How the run of a student's file ended, in sentences: which question met a limit, or what its status means."""

from __future__ import annotations

from autograder.cli.saved import try_again
from autograder.engine.open_questions import ranged
from autograder.facts.fact import Fact
from autograder.facts.result import QuestionResult, Result
from autograder.words import say
from autograder.words.english import ENGLISH

# the ends of a process that its question tells
_ENDS = {"time-limit", "processor-time", "no-time-left", "memory", "memory-error", "scratch", "processes"}
_ENDS |= {"descriptors", "keeper", "signal", "exit", "ended", "not-an-answer"}


def status_line(result: Result) -> str:
    """What a status means; "" where all went well, or where a message or a question has said it.

    Example:

    >>> status_line(Result("you", "03_numpy_net", "graded", ()))
    ''
    >>> status_line(Result("you", "03_numpy_net", "memory", ()))[:64]
    'Your code used more memory than this assignment allows and was s'
    """
    is_told = result.message or any(_ends(row) for row in result.questions)
    return "" if result.status == "graded" or is_told else try_again(ENGLISH.meanings[result.status])


def ending_lines(result: Result) -> list[str]:
    """What stopped the process of questions, a line for all of which the same is said.

    Example:

    >>> slow = Fact("time-limit", values={"seconds": 10.0})
    >>> rows = [QuestionResult(id, "A question.", "error", 0.0, 1.0, facts=(slow,)) for id in ("03.1", "03.2")]
    >>> ending_lines(Result("you", "03_numpy_net", "timeout", tuple(rows)))
    ['03.1 and 03.2: It took longer than the time limit of 10 s.']
    """
    found: dict[str, list[str]] = {}
    for row in result.questions:
        for fact in _ends(row)[:1]:
            found.setdefault(say(fact), []).append(row.id)
    return [f"{ENGLISH.listed(ranged(ids))}: {said}" for said, ids in found.items()]


def _ends(row: QuestionResult) -> list[Fact]:
    return [fact for fact in row.facts if row.outcome == "error" and fact.kind in _ENDS]
