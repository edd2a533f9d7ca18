"""Trains families of networks that differ in the learning rate alone, and says of each run what is true of it.

`rates.py train` trains them in NumPy, five minutes on one core, and writes tests/tfkit/rates.json.gz; `rates.py` alone
judges the stored curves and writes a table of tfkit/curves/README.md. The loss of an epoch is the mean over it, dropout
and penalties included, and the validation loss that of its end, as in Keras.

No truth is read from the curve that `diagnose` is shown. Whether a rate is too low or too high is told by the other
rates of its family, overfitting by a test set, an early end by training on, and underfitting by a large network without
penalties on the same rows.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]  # as a script it stands alone

from tests.benchmarks.families import CALIBRATION, HELD_OUT, train_family  # noqa: E402

STORED = ROOT / "tests" / "tfkit" / "rates.json.gz"


def read_stored() -> list[dict[str, Any]]:
    """The stored runs; what was not finite is None."""
    return json.loads(gzip.decompress(STORED.read_bytes()))


def write_stored(records: list[dict[str, Any]]) -> None:
    """One run a line."""
    lines = ",\n".join(json.dumps(record, separators=(",", ":")) for record in records)
    STORED.write_bytes(gzip.compress(f"[\n{lines}\n]\n".encode(), mtime=0))


# what is true of a run


@dataclass(frozen=True)
class Truth:
    """Findings that are surely true of a run, and those that may be said of it without being false."""

    true: frozenset[str]
    possible: frozenset[str]
    serious: bool

    def is_right(self, main: str) -> bool:
        """Whether a main finding is right: a true one, or a possible one where nothing serious is surely true."""
        return main in self.true or (main in self.possible and not self.serious and main not in _ASIDE)

    def allows(self, code: str) -> bool:
        """Whether a sentence is not false."""
        return code in self.true or code in self.possible


#: True of a run, these must be named; a rate only where another gains half as much again.
_SERIOUS = {"overfitting", "bad_initialisation"}
#: Said beside the rest, of the curve itself or of nothing; never the answer.
_ASIDE = {"validation_better", "unclear", "metric_still_improving", "noisy"}


def truth_of(record: dict[str, Any]) -> Truth:
    """What the facts of a run tell, none of which is read from the curve that is shown."""
    f = record["facts"]
    true: set[str] = set()
    possible = set(_ASIDE)
    if None in (f["end"], f["pure_test_end"], f["test_end"]):
        return Truth(frozenset({"diverged", "learning_rate_too_high"}), frozenset(possible), serious=True)
    # the rate: how much of what the best rate of the family gains is gained?
    gained = (f["start"] - f["end"]) / max(f["start"] - f["best_end"], 1e-9)
    for name, is_so in (
        ("learning_rate_too_low", f["rate"] < f["best_rate"]),
        ("learning_rate_too_high", f["rate"] > f["best_rate"]),
    ):
        if is_so and gained < 0.98:
            (true if gained < 0.9 else possible).add(name)
    # or is another rate better on new data?
    for name, other in (("learning_rate_too_low", "test_of_higher"), ("learning_rate_too_high", "test_of_lower")):
        if f[other] is not None and f[other] < 0.9 * f["test_end"]:
            true.add(name)
    last = record["history"]["loss"][-1]
    if "learning_rate_too_high" in true and last > f["start"]:
        true.add("diverged")
    # no rate of seven decades gains a tenth: the start, or the network, is to blame
    if f["best_end"] > 0.9 * min(f["start"], f["guess"]) and not record["setting"]["penalty"]:
        true.add("bad_initialisation")
    rate_is_wrong = bool(true) and gained < 2 / 3  # else there is a better rate, and other things count as much
    # overfitting: the test loss rises, or is far above the training loss that is shown; dropout can hide a gap
    shown, pure = f["test_end"] / max(last, 1e-9), f["pure_test_end"] / max(f["pure_end"], 1e-9)
    rise = f["test_end"] / f["test_best"]
    rises = rise > 1.1 and f["test_best_epoch"] < 0.9 * len(record["history"]["loss"])
    if rises or (shown > 2 and f["test_end"] - last > 0.1 * f["guess"]):
        (possible if rate_is_wrong else true).add("overfitting")
    elif rise > 1.03 or shown > 1.25 or (pure > 1.25 and f["pure_test_end"] - f["pure_end"] > 0.02 * f["guess"]):
        possible.add("overfitting")
    # an early end: what as many epochs again would bring
    better = 1 - f["test_later"] / f["test_end"]
    if better > 0.25:
        (possible if true else true).add("still_improving")
    elif better > 0.05 or f["loss_later"] < 0.9 * last:
        possible.add("still_improving")
    # underfitting: as many epochs again change little, and a large network without penalties does much better
    is_over = f["loss_later"] > 0.9 * last
    if f["pure_end"] > 2 * f["large_loss"] and pure < 1.5 and not rate_is_wrong and f["pure_end"] > 0.1 * f["guess"]:
        (true if is_over and f["pure_end"] > 0.4 * f["guess"] else possible).add("underfitting")
    serious = rate_is_wrong or bool(true & _SERIOUS)
    if not serious and not true & {"still_improving", "underfitting"}:
        possible.add("healthy")
    return Truth(frozenset(true), frozenset(possible), serious)


@dataclass(frozen=True)
class Score:
    """How often `diagnose` is right about some runs, and how often something that it is sure of is false."""

    runs: int
    right: int
    false: int
    wrong: tuple[str, ...]  # what was said and what is true, where it went wrong


def judge(
    records: list[dict[str, Any]],
    families: Collection[int],
    names: Collection[str] = ("loss", "val_loss", "val_accuracy"),
) -> Score:
    """Shows `diagnose` the curves of these families, those of these names."""
    from tfkit import diagnose

    right, false, wrong = 0, 0, []
    chosen = [record for record in records if record["family"] in families]
    for record in chosen:
        truth = truth_of(record)
        diagnosis = diagnose({name: values for name, values in record["history"].items() if name in names})
        ok = truth.is_right(diagnosis.main.code)
        bad = [finding.code for finding in diagnosis.findings if finding.sure and not truth.allows(finding.code)]
        right, false = right + ok, false + bool(bad)
        if bad or not ok:
            rate, best = record["facts"]["rate"], record["facts"]["best_rate"]
            said = ", ".join(one.code if one.sure else f"perhaps {one.code}" for one in diagnosis.findings)
            wrong.append(f"family {record['family']}, rate {rate:.2g} (best {best:.2g}): {said}; {sorted(truth.true)}")
    return Score(len(chosen), right, false, tuple(wrong))


def report(records: list[dict[str, Any]]) -> str:
    """The table of the page."""
    lines = ["| | runs | main finding right | a sure sentence is false |", "|---|---|---|---|"]
    for title, families in (("held out", HELD_OUT), ("calibration", CALIBRATION)):
        for words, names in (
            ("", ("loss", "val_loss", "val_accuracy")),
            (", without the metric", ("loss", "val_loss")),
            (", the training loss alone", ("loss",)),
        ):
            score = judge(records, families, names)
            percent, runs = 100 * score.right / score.runs, score.runs
            lines.append(f"| {title}{words} | {runs} | {score.right} ({percent:.0f} %) | {score.false} |")
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:] == ["train"]:
        with np.errstate(all="ignore"):
            write_stored([record for number in (*CALIBRATION, *HELD_OUT) for record in train_family(number)])
    stored = read_stored()
    print(report(stored))
    print("\n".join(judge(stored, HELD_OUT).wrong))
    from tests.benchmarks.curves import put

    put("rates", report(stored))
