"""What an instructor decided about one student's mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec

KINDS = ("extension", "excuse", "override", "bonus")


@dataclass(frozen=True)
class Adjustment:
    """A decision, with its reason.

    Attributes:
        kind: `extension` (may hand in later), `excuse` (counts in no mean), `override` (these points instead of what
            was graded) or `bonus` (points on top; below 0, points less).
        reason: Why.
        by: Who decided.
        on: The day, in ISO 8601.
        points: Points of an override or a bonus.
        question: The question whose points an override sets, or "" for the mark as a whole.
        days: Days of an extension, 0 where `until` tells.
        until: When an extension ends, in ISO 8601, or "".
    """

    kind: Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(KINDS)})$", extra_json_schema={"enum": list(KINDS)})]
    reason: str
    by: str
    on: str
    points: Annotated[float, msgspec.Meta(ge=-1e7, le=1e7)] = 0.0
    question: str = ""
    days: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    until: str = ""
