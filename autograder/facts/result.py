"""What grading one submission produces: the record that every page, table and export is made from."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Protocol, TypeVar

import msgspec

from autograder.facts.adjustment import Adjustment
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact

# of what was graded, or could not be: each of them but the first is something that a person should look at
GRADED = ("graded", "timeout", "memory", "crashed", "tampered", "unreadable")
STATUSES = (*GRADED, "missing", "waiting")
OUTCOMES = ("passed", "failed", "error", "skipped")
PICTURES = ("heatmap", "curve")
# of points, days late and seconds: more than any course has, and sums of it are finite
LARGEST_NUMBER = 1e7


def _one_of(texts: tuple[str, ...]) -> msgspec.Meta:
    return msgspec.Meta(pattern=f"^({'|'.join(texts)})$", extra_json_schema={"enum": list(texts)})


# what is looked at where a result is written or read; a type checker sees the plain types
Status = Annotated[str, _one_of(STATUSES)]
Outcome = Annotated[str, _one_of(OUTCOMES)]
Amount = Annotated[float, msgspec.Meta(ge=0, le=LARGEST_NUMBER)]
Days = Annotated[int, msgspec.Meta(ge=0, le=int(LARGEST_NUMBER))]
Count = Annotated[int, msgspec.Meta(ge=1, le=int(LARGEST_NUMBER))]
Device = Annotated[str, msgspec.Meta(pattern=r"^(cpu|gpu:[0-9]+)$")]
# sums and differences of such numbers are finite, and so are their squares
_LARGEST_DRAWN = 1e150


_GRAVITY = {"passed": 0, "skipped": 1, "failed": 2, "error": 2}
_WRONG = ("failed", "error")
# what there is no value for, or one of another form: the fact says what came, and the kind of mistake less than that
_OF_FORM = {
    *("no-return", "not-implemented", "missing-name", "raises", "changes-argument"),
    *("shape", "dtype", "kind", "transpose"),
}


@dataclass(frozen=True)
class Diagnosis:
    """A proven cause of a wrong answer.

    Attributes:
        code: A short name of the mistake, such as `missing-mean`.
        tensor: The tensor it was proven on, such as `W1`, or None.
        text: The sentences that the student reads, or "" where the message about the answer says it.
        causes: The same as data, one for each mistake, at most three: what `code` and `tensor` tell is the first.
    """

    code: str
    tensor: str | None
    text: str
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Picture:
    """Numbers to look at: a tensor of the submission, and how far it is off.

    Attributes:
        kind: `heatmap` for a matrix, `curve` for a list such as one loss an epoch.
        tensor: What it is called, such as `W1`.
        yours: The submission's numbers, by row.
        difference: Yours minus what is right, by row; of a hidden test in a few steps from -1 to 1.
        hidden: Whether the test is hidden.
    """

    kind: Annotated[str, _one_of(PICTURES)]
    tensor: str
    yours: list[list[float]]
    difference: list[list[float]]
    hidden: bool

    @property
    def can_be_drawn(self) -> bool:
        """Whether it is a matrix or a curve of numbers that are finite, and small enough to be scaled."""
        widths = {len(row) for row in (*self.yours, *self.difference)}
        return (
            self.kind in PICTURES
            and len(self.yours) == len(self.difference) > 0
            and len(widths) == 1
            and min(widths) > (self.kind == "curve")
            and all(map(_is_drawable, [number for row in (*self.yours, *self.difference) for number in row]))
        )


@dataclass(frozen=True)
class Part:
    """What came of one test of a question.

    Attributes:
        name: The line the student reads: the test's docstring.
        is_hidden: Whether students do not have the test.
        outcome: As of a question.
        points: Points earned, 0 to `max_points`.
        max_points: Points that the test is worth.
        facts: What is wrong and what is right, as students may read it.
    """

    name: str
    is_hidden: bool
    outcome: Outcome
    points: Amount
    max_points: Amount
    facts: tuple[Fact, ...] = ()


class _Judged(Protocol):
    @property
    def outcome(self) -> str:
        """As of a question."""


_OneJudged = TypeVar("_OneJudged", bound=_Judged)


def gravest(found: Iterable[_OneJudged]) -> _OneJudged:
    """The one that tells the story: of a wrong value and no value at all, that which came first."""
    return max(found, key=lambda one: _GRAVITY[one.outcome])


@dataclass(frozen=True)
class QuestionResult:
    """One question of one submission; several tests with one id are merged into one row.

    Attributes:
        id: The question's id, such as `03.4`.
        name: The line the student reads: the test's docstring.
        outcome: `passed`, `failed` (a wrong answer), `error` (an exception) or `skipped` (a question that it depends on
            failed, or the run ended before it).
        points: Points earned, 0 to `max_points`.
        max_points: Points that the question is worth.
        message: What the facts say, empty when passed. May hold text of the student's: escape it.
        diagnosis: The proven cause, or None.
        picture: What differs, to be looked at, or None.
        facts: What is wrong and what is right, as data.
        output: What the submission printed in this question, the first of it, or "". Text of the student's: escape it.
        warnings: Warnings that came up in this question, such as an overflow, each once, as data.
        carried: Part of the points: what was earned on the student's own groundwork, which is not right itself.
        parts: What came of each of its tests; () where an early program graded it.
    """

    id: str
    name: str
    outcome: Outcome
    points: Amount
    max_points: Amount
    message: str = ""
    diagnosis: Diagnosis | None = None
    picture: Picture | None = None
    facts: tuple[Fact, ...] = ()
    output: str = ""
    warnings: tuple[Fact, ...] = ()
    carried: Amount = 0.0
    parts: tuple[Part, ...] = ()

    @property
    def line(self) -> str:
        """The line of the test that its message tells of; that of the question where nothing is wrong."""
        first = gravest(self.parts) if self.parts else None
        return first.name if first is not None and first.outcome in _WRONG else self.name

    @property
    def cause(self) -> str:
        """The sentences of its proven cause, or "" where the message says it."""
        return self.diagnosis.text if self.diagnosis is not None else ""

    @property
    def begins_with_fact(self) -> bool:
        """Whether what came is told before why: there is no value, or one of another form."""
        return any(fact.code in _OF_FORM for fact in self.facts[:1])

    @property
    def reason(self) -> str:
        """What tells most about a failure: its cause, or else the message; a fact about the form comes first."""
        if not self.cause:
            return self.message
        return f"{self.message.partition(chr(10))[0]} {self.cause}" if self.begins_with_fact else self.cause


@dataclass(frozen=True)
class Result:
    """One submission, graded.

    Attributes:
        student: The name of the student's row: a different one for each student.
        assignment: The assignment's folder name, such as `04_tape_net`.
        status: The gravest thing that happened: `graded` (nothing), `timeout` and `memory` (a limit was passed),
            `crashed` (the student's process died), `tampered` (it tried to reach the grader) or `unreadable` (there was
            nothing to run). Without marks: `missing` (on the roster, and nothing was handed in) and `waiting` (handed
            in, and not graded yet, because the run was stopped).
        questions: One row per question, in the order of the tests.
        message: What is told of the submission as a whole (why it could not be read, what was skipped), or "".
        output: What the submission printed while it was loaded, cut to the limit. Text of the student's: escape it.
        name: The student's name as the platform writes it, or "".
        id: The number or login by which the platform tells students apart, or "".
        email: The e-mail address, or "".
        group: The group that handed in together, or "".
        file: What was graded: its path inside the folder of submissions, or "". Where nothing could be graded, what
            was handed in, which may be a folder.
        attempt: Which of the student's attempts it is, from 1.
        attempts: How many attempts there are.
        submitted: When it was handed in, by the platform's own record, in ISO 8601, or "".
        left_out: Why it is not counted in the figures of the class, or "".
        late_days: Whole days after the due date, 0 when in time or unknown.
        late_hours: The same in hours that have begun.
        late_penalty: Points that are taken because of that.
        adjustments: What the instructor decided about the mark.
        was: The mark before it last changed, or None when it never did.
        seconds: Wall time of grading this submission.
        seed: The run's seed.
        device: `cpu` or `gpu:N`.
        sandbox: Which isolation the student process ran under.
        versions: Versions of the libraries that the submission ran with.
        facts: What the message says, as data.
    """

    student: str
    assignment: str
    status: Status
    questions: tuple[QuestionResult, ...] = ()
    message: str = ""
    output: str = ""
    name: str = ""
    id: str = ""
    email: str = ""
    group: str = ""
    file: str = ""
    attempt: Count = 1
    attempts: Count = 1
    submitted: str = ""
    left_out: str = ""
    late_days: Days = 0
    late_hours: Days = 0
    late_penalty: Amount = 0.0
    adjustments: tuple[Adjustment, ...] = ()
    was: Amount | None = None
    seconds: Amount = 0.0
    seed: int = 0
    device: Device = "cpu"
    sandbox: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    @property
    def score(self) -> float:
        """Points earned, rounded to a thousandth so that thirds of a point add up."""
        return round(math.fsum(question.points for question in self.questions), 3)

    @property
    def mark(self) -> float:
        """The points that count: the score, less what being late costs, with what the instructor decided.

        An override of the mark stands as it is, but for a bonus. Never below 0; a bonus may lift it above the maximum.

        Example:

        >>> answer = QuestionResult("03.1", "Sigmoid.", "passed", 3, 4)
        >>> Result("ada", "03_numpy_net", "graded", (answer,), late_penalty=0.5).mark
        2.5
        """
        bonus = math.fsum(one.points for one in self.adjustments if one.kind == "bonus")
        points = math.fsum(self.points_by_question.values())
        base = self._overrides.get("", max(0.0, points - self.late_penalty))
        return round(max(0.0, base + bonus), 3)

    @property
    def points_by_question(self) -> dict[str, float]:
        """Points of each question: as it was graded, or as the instructor set them."""
        return {question.id: self._overrides.get(question.id, question.points) for question in self.questions}

    @property
    def _overrides(self) -> dict[str, float]:
        return {one.question: one.points for one in self.adjustments if one.kind == "override"}

    @property
    def without_carrying(self) -> float:
        """The score without the points for what is right on the student's own groundwork, which is not right itself."""
        return round(math.fsum(question.points - question.carried for question in self.questions), 3)

    @property
    def is_carried(self) -> bool:
        """Whether carrying made a difference to the score."""
        return self.without_carrying < self.score

    @property
    def max_score(self) -> float:
        """Points that could be earned."""
        return round(math.fsum(question.max_points for question in self.questions), 3)

    @property
    def percent(self) -> float:
        """The mark as a percentage of the maximum, one decimal; 0 when nothing could be earned."""
        return round(100 * self.mark / self.max_score, 1) if self.max_score else 0.0

    @property
    def is_perfect(self) -> bool:
        """Whether every point was earned and nothing untoward happened."""
        return self.status == "graded" and self.score >= self.max_score > 0

    @property
    def has_marks(self) -> bool:
        """Whether something of the student's was graded, or tried to be."""
        return self.status in GRADED

    @property
    def has_mark(self) -> bool:
        """Whether there is a mark: something was graded, or the instructor set one, or gave points for no hand-in.

        Example:

        >>> bonus = Adjustment("bonus", "found a mistake", "M. Weber", "2026-11-20", points=3)
        >>> [Result("ada", "03", status, adjustments=(bonus,)).has_mark for status in ("missing", "waiting")]
        [True, False]
        """
        has_points = any(one.kind == "bonus" and one.points > 0 for one in self.adjustments)
        # who waits to be graded has more to come than the bonus
        return self.has_marks or self.is_set or (has_points and self.status == "missing")

    @property
    def counts(self) -> bool:
        """Whether it is part of the class's figures."""
        return self.has_marks and not self.left_out and not self.is_excused

    @property
    def is_excused(self) -> bool:
        """Whether the instructor decided that it counts in no figure."""
        return any(one.kind == "excuse" for one in self.adjustments)

    @property
    def is_set(self) -> bool:
        """Whether the instructor has set the mark as a whole: then it stands, whatever was handed in."""
        return "" in self._overrides

    @property
    def needs_look(self) -> bool:
        """Whether a person should look at it: something untoward happened, it counts, and nobody has set its mark."""
        return self.counts and self.status != "graded" and not self.is_set

    @property
    def shown_name(self) -> str:
        """The student as the platform writes the name, and the row's name where that says more.

        Example:

        >>> Result("ada-l", "03_numpy_net", "graded", name="Ada Lovelace").shown_name
        'Ada Lovelace (ada-l)'
        """
        return self.student if self.name in self.student else f"{self.name} ({self.student})"

    @property
    def which_attempt(self) -> str:
        """Such as `2 of 3`; "" where there is only one attempt."""
        return f"{self.attempt} of {self.attempts}" if self.attempts > 1 else ""

    def validate(self) -> None:
        """Refuses what `result.schema.json` does not allow, and a dataclass does not look at.

        Raises:
            msgspec.ValidationError: When a field has another type than it should, points, days or seconds are below
                0, endless or beyond all reason, or a status or an outcome does not exist.
        """
        self._record()

    def _record(self) -> dict[str, Any]:
        """Plain values by field, all of them allowed; a picture that cannot be drawn is left out."""
        record = msgspec.to_builtins(replace(self, questions=tuple(map(_without_endless_numbers, self.questions))))
        msgspec.convert(record, Result)
        return record

    def to_json(self) -> str:
        """The text of `results/NAME.json`: UTF-8, in the order of the fields, never NaN.

        A picture that cannot be drawn is left out.

        Raises:
            msgspec.ValidationError: As `validate`.
        """
        fields = self._record()
        record: dict[str, Any] = {"student": self.student, "assignment": self.assignment, "status": self.status}
        record |= {"score": self.score, "mark": self.mark, "max_score": self.max_score}
        record |= {"without_carrying": self.without_carrying}
        record |= fields | {"seconds": round(self.seconds, 3)}
        return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Result:
        """The result that `to_json` wrote.

        Raises:
            Exception: Many kinds, when something else wrote it.
        """
        return msgspec.convert(json.loads(text), cls)


def _is_drawable(number: object) -> bool:
    return isinstance(number, (int, float)) and abs(number) <= _LARGEST_DRAWN


def _without_endless_numbers(question: QuestionResult) -> QuestionResult:
    if question.picture is None or question.picture.can_be_drawn:
        return question
    return replace(question, picture=None)
