"""What a class did, in numbers: the figures of the report's first page."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.facts.fact import together
from autograder.facts.result import GRADED, QuestionResult, Result
from autograder.text import natural_key, one_line
from autograder.words import say
from autograder.words.english import ENGLISH

BINS = 10
# names in a line; the table has all of them
_NAMED = 10
_NUMBER = re.compile(r"\d[\d.]*")


@dataclass(frozen=True)
class QuestionSummary:
    """How one question went over the class."""

    id: str  # the question's id
    name: str  # the line the student reads
    max_points: float  # points that it is worth
    answered: int  # submissions that have a row for it
    full: int  # how many of these earned every point
    share: float  # mean share of the points earned, 0 to 1


@dataclass(frozen=True)
class Mistake:
    """What went wrong in several submissions: a proven cause, or a fact such as that a name is misspelt."""

    question: str  # the question's id
    code: str  # the kind of mistake
    tensor: str | None  # the tensor it was proven on, or None
    text: str  # its most frequent wording; of a fact, what it says without the place
    students: int  # in how many submissions


@dataclass(frozen=True)
class ClassSummary:
    """A class at a glance."""

    submissions: int  # how many there are, without those that are left out
    mean: float  # mean percentage over all submissions, 0 without any
    median: float  # median percentage
    perfect: int  # submissions with every point
    attention: int  # submissions whose status is not `graded`: somebody should look
    statuses: tuple[tuple[str, int], ...]  # every status that occurs and how often, `graded` first
    histogram: tuple[int, ...]  # submissions by tenths of the percentage; 100 is in the last
    questions: tuple[QuestionSummary, ...]  # one row per question id, in natural order
    mistakes: tuple[Mistake, ...]  # causes and facts, the most frequent first
    others: tuple[str, ...]  # lines about those who count in none of these figures: how many, why, who


def summarise(results: Sequence[Result]) -> ClassSummary:
    """The figures of a class, of those that count."""
    rows = results
    results = [result for result in rows if result.counts]
    percents = [result.percent for result in results]
    bins = Counter(min(BINS - 1, max(0, int(percent * BINS / 100))) for percent in percents)
    ends = Counter(result.status for result in results)
    return ClassSummary(
        submissions=len(results),
        mean=statistics.fmean(percents) if percents else 0.0,
        median=statistics.median(percents) if percents else 0.0,
        perfect=sum(result.is_perfect for result in results),
        attention=sum(result.status != "graded" for result in results),
        statuses=tuple((status, ends[status]) for status in GRADED if ends[status]),
        histogram=tuple(bins[index] for index in range(BINS)),
        questions=_questions(results),
        mistakes=_mistakes(results),
        others=_others(rows),
    )


def share_of(question: QuestionResult) -> float:
    """Share of the points that were earned, 0 to 1; a question worth nothing counts by its outcome."""
    if question.max_points > 0:
        return min(1.0, max(0.0, question.points / question.max_points))
    return float(question.outcome == "passed")


def _others(results: Sequence[Result]) -> tuple[str, ...]:
    names: dict[str, list[str]] = defaultdict(list)
    for result in results:
        if result.left_out:
            names[f"not counted, {result.left_out}"].append(result.shown_name)
        elif result.status == "missing":
            names["handed nothing in"].append(result.shown_name)
    return tuple(one_line(f"{len(who)} {what}: {_listed(sorted(who))}") for what, who in sorted(names.items()))


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    # names of platforms hold commas
    return "; ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _questions(results: Sequence[Result]) -> tuple[QuestionSummary, ...]:
    rows: dict[str, list[QuestionResult]] = defaultdict(list)
    for result in results:
        for question in result.questions:
            rows[question.id].append(question)
    return tuple(
        QuestionSummary(
            id=question,
            name=rows[question][0].name,
            max_points=rows[question][0].max_points,
            answered=len(rows[question]),
            full=sum(share_of(row) >= 1 for row in rows[question]),
            share=statistics.fmean(map(share_of, rows[question])),
        )
        for question in sorted(rows, key=natural_key)
    )


def _fact_of(question: QuestionResult) -> str:
    """What the first fact about an answer says, wherever it is; "" where there is none that can be said."""
    facts = [fact for fact in together(question.facts) if fact.kind in ENGLISH.facts]
    return next((say(replace(fact, place=None)) for fact in facts), "")


def _mistakes(results: Sequence[Result]) -> tuple[Mistake, ...]:
    students: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    texts: dict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
    for result in results:
        for question in result.questions:
            cause = question.diagnosis
            if cause is None:
                continue
            # causes of one kind differ in wording, such as the line; facts of one kind are different mistakes, whose
            # numbers are each student's own
            text = cause.text or _fact_of(question) or ENGLISH.mistakes[cause.code]
            key = (question.id, cause.code, cause.tensor or "", "" if cause.text else _NUMBER.sub("#", text))
            students[key].add(result.student)
            texts[key][text] += 1
    found = [
        Mistake(
            question=key[0],
            code=key[1],
            tensor=key[2] or None,
            # of equally frequent wordings the first by alphabet, so that the order of results does not matter
            text=min(texts[key], key=lambda text: (-texts[key][text], text)),
            students=len(names),
        )
        for key, names in students.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda mistake: (
                -mistake.students,
                natural_key(mistake.question),
                mistake.code,
                mistake.tensor or "",
                mistake.text,
            ),
        )
    )
