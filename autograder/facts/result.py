"""What grading one submission produces: the record that every page, table and export is made from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from autograder.facts.cause import Cause
from autograder.facts.fact import Fact

STATUSES = ("graded", "timeout", "memory", "crashed", "tampered", "unreadable")
OUTCOMES = ("passed", "failed", "error", "skipped")
PICTURES = ("heatmap", "curve")
# of points, days late and seconds: more than any course has, and sums of it are finite
LARGEST_NUMBER = 1e7
# sums and differences of such numbers are finite, and so are their squares
_LARGEST_DRAWN = 1e150


@dataclass(frozen=True)
class Diagnosis:
    """A proven cause of a wrong answer.

    Attributes:
        code: A short name of the mistake, such as `missing-mean`.
        tensor: The tensor it was proven on, such as `W1`, or None.
        text: The sentences that the student reads.
        cause: The same as data, or None where the code says it all.
    """

    code: str
    tensor: str | None
    text: str
    cause: Cause | None = None


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

    kind: str
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
class QuestionResult:
    """One question of one submission; several tests with one id are merged into one row.

    Attributes:
        id: The question's id, such as `03.4`.
        name: The line the student reads: the test's docstring.
        outcome: One of `OUTCOMES`.
        points: Points earned, 0 to `max_points`.
        max_points: Points that the question is worth.
        message: What the facts say, empty when passed. May hold text of the student's: escape it.
        diagnosis: The proven cause, or None.
        picture: What differs, to be looked at, or None.
        facts: What is wrong and what is right, as data.
    """

    id: str
    name: str
    outcome: str
    points: float
    max_points: float
    message: str = ""
    diagnosis: Diagnosis | None = None
    picture: Picture | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Result:
    """One submission, graded.

    Attributes:
        student: The student's name, taken from the submission's file name.
        assignment: The assignment's folder name, such as `04_tape_net`.
        status: One of `STATUSES`: the gravest thing that happened.
        questions: One row per question, in the order of the tests.
        message: What is told of the submission as a whole (why it could not be read, what was skipped), or "".
        output: What the submission printed, cut to the captured limit. Text of the student's: escape it.
        late_days: Whole days after the due date, 0 when in time or unknown.
        seconds: Wall time of grading this submission.
        seed: The run's seed.
        device: `cpu` or `gpu:N`.
        sandbox: Which isolation the student process ran under.
        versions: Versions of the libraries that the submission ran with.
        facts: What the message says, as data.
    """

    student: str
    assignment: str
    status: str
    questions: tuple[QuestionResult, ...] = ()
    message: str = ""
    output: str = ""
    late_days: int = 0
    seconds: float = 0.0
    seed: int = 0
    device: str = "cpu"
    sandbox: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    @property
    def score(self) -> float:
        """Points earned, rounded to a thousandth so that thirds of a point add up."""
        return round(sum(question.points for question in self.questions), 3)

    @property
    def max_score(self) -> float:
        """Points that could be earned."""
        return round(sum(question.max_points for question in self.questions), 3)

    @property
    def percent(self) -> float:
        """Score as a percentage of the maximum, one decimal; 0 when nothing could be earned."""
        return round(100 * self.score / self.max_score, 1) if self.max_score else 0.0

    @property
    def is_perfect(self) -> bool:
        """Whether every point was earned and nothing untoward happened."""
        return self.status == "graded" and self.score >= self.max_score > 0

    def check(self) -> None:
        """Refuses what `result.schema.json` does not allow, and a dataclass does not look at.

        Raises:
            TypeError: When what should be text is none.
            ValueError: When points, days or seconds are below 0, endless or beyond all reason, or a status or an
                outcome does not exist.
        """
        texts = [self.student, self.assignment, self.message, self.output, self.device, self.sandbox]
        texts += [*self.versions, *self.versions.values()]
        numbers: list[float] = [self.late_days, self.seconds]
        for question in self.questions:
            texts += [question.id, question.name, question.message]
            numbers += [question.points, question.max_points]
            if question.diagnosis is not None:
                texts += [question.diagnosis.code, question.diagnosis.tensor or "", question.diagnosis.text]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("expected text, received something else")
        if not all(0 <= number <= LARGEST_NUMBER for number in numbers):
            raise ValueError(f"expected points, days and seconds from 0 to {LARGEST_NUMBER:g}, received others")
        if self.status not in STATUSES or any(question.outcome not in OUTCOMES for question in self.questions):
            raise ValueError("expected a status and outcomes that exist, received others")

    def to_json(self) -> str:
        """The text of `results/NAME.json`: UTF-8, sorted as declared, never NaN.

        A picture that cannot be drawn is left out.

        Raises:
            TypeError: As `check`.
            ValueError: As `check`.
        """
        self.check()
        record: dict[str, Any] = {"student": self.student, "assignment": self.assignment, "status": self.status}
        record |= {"score": self.score, "max_score": self.max_score}
        drawn = tuple(map(_without_endless_numbers, self.questions))
        rest = _plain(replace(self, seconds=round(self.seconds, 3), questions=drawn))
        record |= {name: value for name, value in rest.items() if name not in record}
        return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Result:
        """The result that `to_json` wrote.

        Raises:
            Exception: Many kinds, when something else wrote it.
        """
        record: dict[str, Any] = json.loads(text)
        questions = [_question(row) for row in record.pop("questions")]
        record["facts"] = tuple(map(Fact.from_json, record.get("facts", ())))
        for derived in ("score", "max_score"):
            record.pop(derived)
        result = cls(**record, questions=tuple(questions))
        result.check()
        return result


def _plain(value: Any) -> Any:
    if isinstance(value, Fact):
        return value.to_json()
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _question(row: dict[str, Any]) -> QuestionResult:
    found, drawn = row.pop("diagnosis"), row.pop("picture", None)
    if found and found.get("cause"):
        found["cause"] = Cause.from_json(found["cause"])
    return QuestionResult(
        **{**row, "facts": tuple(map(Fact.from_json, row.get("facts", ())))},
        diagnosis=Diagnosis(**found) if found else None,
        picture=Picture(**drawn) if drawn else None,
    )


def _is_drawable(number: object) -> bool:
    return isinstance(number, (int, float)) and abs(number) <= _LARGEST_DRAWN


def _without_endless_numbers(question: QuestionResult) -> QuestionResult:
    if question.picture is None or question.picture.can_be_drawn:
        return question
    return replace(question, picture=None)
