"""What a class did, in numbers: the figures of the report's first page."""

from __future__ import annotations

import statistics
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.facts.result import GRADED, QuestionResult, Result
from autograder.records.mistakes import Mistake, Mistakes, is_not_begun
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
    percents, seconds = array("d"), array("d")
    ends: Counter[str] = Counter()
    perfect = attention = 0
    questions: dict[str, _Earned] = {}
    mistakes = Mistakes()
    # once through the class, because each result is unpacked for it
    for result in results:
        if not result.counts:
            continue
        percents.append(result.percent)
        seconds.append(result.seconds)
        ends[result.status] += 1
        perfect += result.is_perfect
        attention += result.needs_look
        for question in with_decisions(result).questions:
            questions.setdefault(question.id, _Earned(question.name, question.max_points)).add(question)
        mistakes.add(result)
    bins = Counter(min(BINS - 1, max(0, int(percent * BINS / 100))) for percent in percents)
    return ClassSummary(
        submissions=len(percents),
        mean=statistics.fmean(percents) if percents else 0.0,
        median=statistics.median(percents) if percents else 0.0,
        perfect=perfect,
        attention=attention,
        statuses=tuple((status, ends[status]) for status in GRADED if ends[status]),
        histogram=tuple(bins[index] for index in range(BINS)),
        questions=tuple(questions[id].summary(id) for id in sorted(questions, key=natural_key)),
        mistakes=mistakes.found(),
        unexplained=mistakes.unexplained,
        slow=max(_LEAST_SLOW, _TIMES_SLOWER * (statistics.median(seconds) if seconds else 0.0)),
        others=_others(results),
    )


class _Earned:
    """What a class earned in one question."""

    def __init__(self, name: str, max_points: float) -> None:
        self._name = name
        self._max_points = max_points
        self._shares = array("d")
        self._open = 0

    def add(self, row: QuestionResult) -> None:
        """Counts one student."""
        share = share_of(row)
        self._shares.append(share)
        self._open += share == 0 and is_not_begun(row)

    def summary(self, id: str) -> QuestionSummary:
        """How it went."""
        full, none = sum(share >= 1 for share in self._shares), sum(share == 0 for share in self._shares)
        return QuestionSummary(
            id=id,
            name=self._name,
            max_points=self._max_points,
            answered=len(self._shares),
            full=full,
            part=len(self._shares) - full - none,
            none=none - self._open,
            open=self._open,
            share=statistics.fmean(self._shares),
        )


def countable(result: Result) -> Result:
    """The result, where figures can be made of it; else what that raises."""
    summarise([result])
    return result


def with_decisions(result: Result) -> Result:
    """The result with the points of questions as the instructor set them."""
    points = result.points_by_question
    return replace(result, questions=tuple(replace(row, points=points[row.id]) for row in result.questions))


def share_of(question: QuestionResult) -> float:
    """Share of the points that were earned, 0 to 1; a question worth nothing counts by its outcome."""
    if question.max_points > 0:
        return min(1.0, max(0.0, question.points / question.max_points))
    return float(question.outcome == "passed")


def not_counted(results: Sequence[Result]) -> dict[str, list[str]]:
    """Those who count in no figure: why, and who, in the order of names."""
    students: dict[str, list[str]] = defaultdict(list)
    for result in results:
        if result.left_out:
            students[f"not counted, {result.left_out}"].append(result.student)
        elif result.is_excused:
            students["excused"].append(result.student)
        elif result.status == "missing":
            students["handed nothing in"].append(result.student)
        elif result.status == "waiting":
            students["not graded yet"].append(result.student)
    called = names_in(results) if students else {}
    return {what: sorted((called[student] for student in who), key=name_key) for what, who in sorted(students.items())}


def _others(results: Sequence[Result]) -> tuple[str, ...]:
    return tuple(one_line(f"{len(who)} {what}: {first_of(who)}") for what, who in not_counted(results).items())
