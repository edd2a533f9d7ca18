"""What a class did, in numbers: the figures of the report's first page."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.facts.result import GRADED, QuestionResult, Result
from autograder.records.mistakes import Mistake, is_not_begun, mistakes_of, unexplained
from autograder.records.names import names_in
from autograder.text import first_of, name_key, natural_key, one_line

BINS = 10
# a submission that takes so many times as long as most, and so many seconds at least, is slow
_TIMES_SLOWER = 3.0
_LEAST_SLOW = 5.0


@dataclass(frozen=True)
class QuestionSummary:
    """How one question went over the class."""

    id: str  # the question's id
    name: str  # the line the student reads
    max_points: float  # points that it is worth
    answered: int  # submissions that have a row for it
    full: int  # how many of these earned every point
    part: int  # how many earned some of them
    none: int  # how many earned nothing, though something was written
    open: int  # how many have not begun
    share: float  # mean share of the points earned, 0 to 1


@dataclass(frozen=True)
class ClassSummary:
    """A class at a glance."""

    submissions: int  # how many there are, without those that are left out
    mean: float  # mean percentage over all submissions, 0 without any
    median: float  # median percentage
    perfect: int  # submissions with every point
    attention: int  # submissions that somebody should look at: not `graded`, and no mark set by hand
    statuses: tuple[tuple[str, int], ...]  # every status that occurs and how often, `graded` first
    histogram: tuple[int, ...]  # submissions by tenths of the percentage; 100 is in the last
    questions: tuple[QuestionSummary, ...]  # one row per question id, in natural order
    mistakes: tuple[Mistake, ...]  # causes and facts, the most frequent first
    unexplained: int  # wrong answers whose mistake nobody can name
    slow: float  # seconds from which a submission is slow, beside the others
    others: tuple[str, ...]  # lines about those who count in none of these figures: how many, why, who

    @property
    def not_begun(self) -> str:
        """Which questions how many have not begun, such as `03.9 by 3, 03.10 by 12`, or ""."""
        return ", ".join(f"{row.id} by {row.open}" for row in self.questions if row.open)


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
        attention=sum(result.needs_look for result in results),
        statuses=tuple((status, ends[status]) for status in GRADED if ends[status]),
        histogram=tuple(bins[index] for index in range(BINS)),
        questions=_questions(results),
        mistakes=mistakes_of(results),
        unexplained=unexplained(results),
        slow=_slow(results),
        others=_others(rows),
    )


def with_decisions(result: Result) -> Result:
    """The result with the points of questions as the instructor set them."""
    points = result.points_by_question
    return replace(result, questions=tuple(replace(row, points=points[row.id]) for row in result.questions))


def _slow(results: Sequence[Result]) -> float:
    usual = statistics.median([result.seconds for result in results]) if results else 0.0
    return max(_LEAST_SLOW, _TIMES_SLOWER * usual)


def share_of(question: QuestionResult) -> float:
    """Share of the points that were earned, 0 to 1; a question worth nothing counts by its outcome."""
    if question.max_points > 0:
        return min(1.0, max(0.0, question.points / question.max_points))
    return float(question.outcome == "passed")


def not_counted(results: Sequence[Result]) -> dict[str, list[str]]:
    """Those who count in no figure: why, and who, in the order of names."""
    called = names_in(results)
    names: dict[str, list[str]] = defaultdict(list)
    for result in results:
        if result.left_out:
            names[f"not counted, {result.left_out}"].append(called[result.student])
        elif result.is_excused:
            names["excused"].append(called[result.student])
        elif result.status == "missing":
            names["handed nothing in"].append(called[result.student])
        elif result.status == "waiting":
            names["not graded yet"].append(called[result.student])
    return {what: sorted(who, key=name_key) for what, who in sorted(names.items())}


def _others(results: Sequence[Result]) -> tuple[str, ...]:
    return tuple(one_line(f"{len(who)} {what}: {first_of(who)}") for what, who in not_counted(results).items())


def _questions(results: Sequence[Result]) -> tuple[QuestionSummary, ...]:
    rows: dict[str, list[QuestionResult]] = defaultdict(list)
    for result in results:
        for question in with_decisions(result).questions:
            rows[question.id].append(question)
    return tuple(
        QuestionSummary(
            id=question,
            name=rows[question][0].name,
            max_points=rows[question][0].max_points,
            answered=len(rows[question]),
            full=sum(share_of(row) >= 1 for row in rows[question]),
            part=sum(0 < share_of(row) < 1 for row in rows[question]),
            none=sum(share_of(row) == 0 and not is_not_begun(row) for row in rows[question]),
            open=sum(share_of(row) == 0 and is_not_begun(row) for row in rows[question]),
            share=statistics.fmean(map(share_of, rows[question])),
        )
        for question in sorted(rows, key=natural_key)
    )
