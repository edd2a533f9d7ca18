"""Trains networks that misbehave on purpose, and asks `tfkit.diagnose` what is wrong with them.

`curves.py train` trains them anew, three quarters of an hour on one core, and writes tests/tfkit/curves.json.gz;
`curves.py` alone judges the stored curves and writes the table of tfkit/curves/README.md. A curve's label is what was
done to the network, not what the curve looks like. Thresholds were chosen on the calibration seeds alone.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]  # as a script it stands alone

from tests.benchmarks.misbehaving import RECIPES  # noqa: E402

STORED = ROOT / "tests" / "tfkit" / "curves.json.gz"
PAGE = ROOT / "tfkit" / "curves" / "README.md"
CALIBRATION, HELD_OUT = range(32), range(32, 33)
#: What a recipe does beside the trouble that it is named for, or ends in.
ALSO = {"noisy": {"learning_rate_too_high"}, "learning_rate_too_high": {"diverged"}}


def train(label: str, seed: int) -> dict[str, Any]:
    """Trains one network and returns its record."""
    import keras

    rng = np.random.default_rng([seed, *label.encode()])
    keras.utils.set_random_seed(int(rng.integers(2**31)))
    recipe, names = RECIPES[label]
    name = names[seed % len(names)]
    history = recipe(name, rng)
    rounded = {key: [_rounded(value) for value in values] for key, values in history.items()}
    return {"label": label, "data": name, "seed": seed, "history": rounded}


def _rounded(value: float) -> float | None:
    return float(f"{value:.4g}") if math.isfinite(value) else None


def read_stored() -> list[dict[str, Any]]:
    """The stored curves; what was not finite is None."""
    return json.loads(gzip.decompress(STORED.read_bytes()))


def write_stored(records: list[dict[str, Any]]) -> None:
    """One curve a line, so that a change of one is seen as such."""
    lines = ",\n".join(json.dumps(record, separators=(",", ":")) for record in records)
    STORED.write_bytes(gzip.compress(f"[\n{lines}\n]\n".encode(), mtime=0))


def judge(records: list[dict[str, Any]], seeds: range) -> dict[tuple[str, str], int]:
    """How often each label got each main finding."""
    from tfkit import diagnose

    counts: dict[tuple[str, str], int] = {}
    for record in records:
        if record["seed"] in seeds:
            pair = record["label"], diagnose(record["history"]).main.code
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def accuracy(counts: dict[tuple[str, str], int]) -> float:
    """The part of the curves whose main finding is what was done to the network."""
    return sum(n for pair, n in counts.items() if is_right(*pair)) / sum(counts.values())


def is_right(label: str, found: str) -> bool:
    """Whether a finding is what was done."""
    return found == label or found in ALSO.get(label, ())


def table(counts: dict[tuple[str, str], int]) -> str:
    """The confusion matrix in Markdown: a row per label, a numbered column per finding."""
    others = sorted({found for _, found in counts} - set(RECIPES))
    columns = [*RECIPES, *others]
    lines = ["| | what was done | " + " | ".join(str(i + 1) for i in range(len(columns))) + " |"]
    lines.append("|---|---|" + "---|" * len(columns))
    for i, label in enumerate(columns):
        cells = [counts.get((label, found), 0) for found in columns]
        if label in RECIPES:
            shown = [
                f"**{n}**" if is_right(label, found) and n else str(n or "")
                for found, n in zip(columns, cells, strict=True)
            ]
            lines.append(f"| {i + 1} | {label} | " + " | ".join(shown) + " |")
        else:
            lines.append(f"| {i + 1} | ({label}, never done) |" + " |" * len(columns))
    return "\n".join(lines)


def report(records: list[dict[str, Any]]) -> str:
    """The part of the page between its two marks."""
    parts = []
    for title, seeds in (("Held-out", HELD_OUT), ("Calibration", CALIBRATION)):
        counts = judge(records, seeds)
        right, all_ = round(accuracy(counts) * sum(counts.values())), sum(counts.values())
        parts.append(
            f"{title} seeds: the main finding is right for {right} of {all_} curves ({100 * right / all_:.0f} %)."
        )
        parts.append(table(counts))
    return "\n\n".join(parts)


def page_with(name: str, part: str) -> str:
    """The page with this part between the marks of this name."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, _, after = rest.partition(f"<!-- end of {name} -->\n")
    return f"{before}<!-- {name} -->\n{part}\n<!-- end of {name} -->\n{after}"


def put(name: str, part: str) -> None:
    """Writes a part of the page."""
    PAGE.write_text(page_with(name, part), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["train"]:
        write_stored([train(label, seed) for label in RECIPES for seed in (*CALIBRATION, *HELD_OUT)])
    text = report(read_stored())
    print(text)
    put("table", text)
