"""Which pairs of submissions share more code than most, by winnowed fingerprints (Schleimer et al. 2003), as MOSS.

Names, texts, comments and layout do not count, so a renamed copy is found. What the starter holds is discounted, and
so is what many have written alike: the one right way to write a short function proves nothing.
"""

from __future__ import annotations

import io
import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from autograder.errors import UsageError
from autograder.similar.texts import Written

# tokens of code, about as many characters without names, that are compared at a time: copydetect's own default
LENGTH = 25
# what so many have in common, or a tenth of the class, is common knowledge (MOSS: 10)
COMMON = 10
COMMON_SHARE = 0.1
# code of their own that two have in common at least: with less, both wrote one short function alike
LEAST = 120
# pairs that are shown
MOST = 60
# of a line, so much must be found in the other's
_LINE_SHARE = 0.5
# before what stands at top level
_PART = re.compile(r"^(?=def |class |async def |@)", re.MULTILINE)


@dataclass(frozen=True)
class Pair:
    """Two submissions that share code.

    Attributes:
        first: One of them.
        second: The other.
        shares: Of what each wrote, the share that is in the other's, 0 to 1.
        lines: Lines of the first and the second, by their indices, that say the same, in the order of the first.
    """

    first: Written
    second: Written
    shares: tuple[float, float]
    lines: tuple[tuple[int, int], ...]

    @property
    def share(self) -> float:
        """The larger of the two: who copied half and left the rest open has it all from the other."""
        return max(self.shares)


@dataclass(frozen=True)
class Comparison:
    """A class, compared.

    Attributes:
        pairs: Those that share enough; first those who share most, in share and in amount.
        found: How many there are; more than are kept, where there are very many.
        compared: How many submissions were compared.
        short: Names of those who wrote too little of their own to be compared.
        usual: The share that half of all pairs do not exceed.
        common: What more students than that wrote alike was not counted.
    """

    pairs: tuple[Pair, ...]
    found: int
    compared: int
    short: tuple[str, ...]
    usual: float
    common: int


@dataclass
class _Fingerprint:
    """Where each piece of a submission's own code stands."""

    written: Written
    filtered: str
    line_of: np.ndarray  # of each character of the filtered code, the index of its line
    places: dict[int, list[int]] = field(default_factory=dict)  # of each piece's hash, its places in the filtered code

    def covered(self, pieces: set[int]) -> int:
        """How many characters these pieces cover."""
        is_covered = np.zeros(len(self.filtered), bool)
        for piece in pieces:
            for place in self.places[piece]:
                is_covered[place : place + LENGTH] = True
        return int(is_covered.sum())


def compare(
    class_texts: Sequence[Written], handed_out: Sequence[Written], share: float, advance: Callable[[], None]
) -> Comparison:
    """Compares each submission with each other.

    Args:
        class_texts: What the class wrote.
        handed_out: What they were given, which counts for nobody.
        share: From which share on a pair is shown, above 0 and at most 1.
        advance: Called for each submission.

    Raises:
        UsageError: When the library that compares is not installed; says how to install it.
    """
    library = _library()
    known = {piece for one in handed_out for piece in _fingerprint(library, one).places}
    prints = []
    for one in class_texts:
        prints.append(_fingerprint(library, one))
        advance()
    spread = Counter(piece for one in prints for piece in one.places)
    most = max(COMMON, int(COMMON_SHARE * len(prints)))
    common = known | {piece for piece, count in spread.items() if count > most}
    for each in prints:
        each.places = {piece: places for piece, places in each.places.items() if piece not in common}
    own = {id(each): each.covered(set(each.places)) for each in prints}
    short = tuple(each.written.name for each in prints if own[id(each)] < LEAST)
    prints = [each for each in prints if own[id(each)] >= LEAST]
    pieces = [set(each.places) for each in prints]
    shares: list[float] = []
    pairs: list[tuple[_Fingerprint, _Fingerprint, tuple[float, float]]] = []
    for i, j in combinations(range(len(prints)), 2):
        both = pieces[i] & pieces[j]
        rough = len(both) / min(len(pieces[i]), len(pieces[j]))
        shares.append(rough)
        # counting code takes long: first pieces, which overlap, so that half as many may cover as much
        if rough < share / 2:
            continue
        first, second = prints[i], prints[j]
        covered = (first.covered(both), second.covered(both))
        exact = (covered[0] / own[id(first)], covered[1] / own[id(second)])
        if min(covered) >= LEAST and max(exact) >= share:
            pairs.append((first, second, exact))
    # the share of little code says less than that of much
    pairs.sort(key=lambda pair: (-max(pair[2]) * pair[2][0] * own[id(pair[0])], pair[0].written.student))
    shown = tuple(Pair(one.written, two.written, exact, _lines(one, two)) for one, two, exact in pairs[:MOST])
    return Comparison(shown, len(pairs), len(prints), short, statistics.median(shares) if shares else 0.0, most)


def _library() -> Any:
    try:
        import copydetect
    except ImportError:
        raise UsageError(
            "comparing submissions needs copydetect, which is not installed: pip install 'tfkit-autograder[similar]'"
        ) from None
    return copydetect


def _fingerprint(library: Any, written: Written) -> _Fingerprint:
    """The pieces of a submission, function by function: in another order, they are the same."""
    filtered = ""
    lines: list[np.ndarray] = []
    places: dict[int, list[int]] = {}
    line = 0
    for part in _PART.split(written.code):
        # a lexer drops empty lines at the beginning
        text = part.lstrip("\n")
        # a window of 1 keeps every piece, so that each run finds the same
        found = library.CodeFingerprint("code.py", LENGTH, 1, language="python", fp=io.StringIO(text + "\n"))
        ends = [end for end, character in enumerate(text) if character == "\n"]
        lines.append(line + len(part) - len(text) + np.searchsorted(ends, _characters(found)))
        for piece, found_at in found.hash_idx.items():
            places.setdefault(int(piece), []).extend(len(filtered) + int(place) for place in found_at)
        filtered += found.filtered_code
        line += part.count("\n")
    last = len(written.places) - 1
    return _Fingerprint(written, filtered, np.minimum(np.concatenate(lines).astype(int), last), places)


def _characters(found: Any) -> np.ndarray:
    """Of each character of the filtered code, its place in the code as it was written."""
    places = np.arange(len(found.filtered_code))
    if not len(found.offsets):
        return places
    # the library notes a class's name by its length alone; removed characters only ever become more
    removed = np.maximum.accumulate(found.offsets[:, 1])
    return places + removed[np.clip(np.searchsorted(found.offsets[:, 0], places), 0, len(removed) - 1)]


def _lines(first: _Fingerprint, second: _Fingerprint) -> tuple[tuple[int, int], ...]:
    """Lines that say the same: each of the first, with the line of the second that has most of it."""
    same: dict[int, Counter[int]] = {}
    seen: set[int] = set()
    for piece in sorted(first.places.keys() & second.places.keys(), key=lambda piece: first.places[piece]):
        ours, theirs = first.places[piece], second.places[piece]
        together = zip(ours, theirs, strict=False) if len(ours) == len(theirs) else ((one, theirs[0]) for one in ours)
        for here, there in together:
            for step in range(LENGTH):
                if here + step not in seen:
                    seen.add(here + step)
                    line = int(first.line_of[here + step])
                    same.setdefault(line, Counter())[int(second.line_of[there + step])] += 1
    sizes = Counter(int(line) for line in first.line_of)
    return tuple(
        (line, counts.most_common(1)[0][0])
        for line, counts in sorted(same.items())
        if counts.total() >= _LINE_SHARE * sizes[line]
    )
