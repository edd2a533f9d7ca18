"""The page with the pairs, their lines side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.files import write_atomic
from autograder.records.report import single_page
from autograder.similar.comparing import LEAST, Comparison, Pair
from autograder.similar.texts import Written
from autograder.text import name_key, shortened

# characters of a line
_LONGEST = 300


@dataclass(frozen=True)
class Line:
    """A line of both.

    Attributes:
        first: Where it stands in the first, or "".
        first_code: What it says there.
        second: Where it stands in the second.
        second_code: What it says there.
        after_gap: Whether lines that are not alike were left out before it.
    """

    first: str
    first_code: str
    second: str
    second_code: str
    after_gap: bool


def write_page(comparison: Comparison, title: str, share: float, path: Path, unread: Sequence[str] = ()) -> Path:
    """Writes the page: a file that stands alone; it names those whose file could not be read."""
    text = single_page(
        "similar.html.j2",
        title,
        comparison=comparison,
        pairs=[(pair, lines_of(pair)) for pair in comparison.pairs],
        share=share,
        least=LEAST,
        unread=unread,
        short=sorted(comparison.short, key=name_key),
    )
    return write_atomic(path, text)


def lines_of(pair: Pair) -> list[Line]:
    """The lines that both have, side by side."""
    found = []
    before: int | None = None
    codes = pair.first.code.split("\n"), pair.second.code.split("\n")
    for ours, theirs in pair.lines:
        gap = before is not None and ours != before + 1
        found.append(Line(*_shown(pair.first, codes[0], ours), *_shown(pair.second, codes[1], theirs), gap))
        before = ours
    return found


def _shown(written: Written, lines: list[str], index: int) -> tuple[str, str]:
    return written.places[index], shortened(lines[index], _LONGEST)
