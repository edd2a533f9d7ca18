"""What a check of data found: one record a problem, a short table of all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tfkit._records import Records, text_table

if TYPE_CHECKING:
    import pandas

#: From the worst on: what makes results wrong, what makes training hard or results doubtful, what is good to know.
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or looks wrong, with data.

    Example:

    >>> Problem("constant_columns", "warning", "1 of 3 columns: 2", "drop them").code
    'constant_columns'

    Attributes:
        code: A name, such as `"rows_in_both"`.
        severity: `"error"`, `"warning"` or `"note"`.
        evidence: What was seen, in numbers.
        advice: What to do.
    """

    code: str
    severity: str
    evidence: str
    advice: str


@dataclass(frozen=True)
class Problems(Records[Problem]):
    """All problems, the worst first; as a list, it is false in a condition if there are none.

    Example:

    >>> print(Problems((), ("scale", "duplicates")))
    no problems found; looked at scale, duplicates
    >>> print(Problems((Problem("not_finite", "error", "3 NaN in column 'age'", "fill or drop them"),), ("scale",)))
    severity  problem     evidence               advice
    error     not finite  3 NaN in column 'age'  fill or drop them

    Attributes:
        problems: The records.
        checked: What was looked at.
    """

    _field, _key = "problems", "code"

    problems: tuple[Problem, ...]
    checked: tuple[str, ...]

    @classmethod
    def _sorted(cls, problems: list[Problem], checked: list[str]) -> Problems:
        """Return problems, the worst first, in the order of finding otherwise."""
        return cls(tuple(sorted(problems, key=lambda p: SEVERITIES.index(p.severity))), tuple(checked))

    @property
    def codes(self) -> tuple[str, ...]:
        """The problems' names."""
        return tuple(problem.code for problem in self.problems)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    def to_frame(self) -> pandas.DataFrame:
        """Return a table: one row for each problem."""
        import pandas

        columns = ["code", "severity", "evidence", "advice"]
        return pandas.DataFrame([asdict(problem) for problem in self.problems], columns=columns)

    def __str__(self) -> str:
        if not self.problems:
            return f"no problems found; looked at {', '.join(self.checked)}"
        rows = [(p.severity, p.code.replace("_", " "), p.evidence, p.advice) for p in self.problems]
        return text_table(("severity", "problem", "evidence", "advice"), rows)
