"""Trains the networks whose histories `diagnose` is graded on, and writes them down.

    python assignments/09_regularization/record_curves.py

Each network is trained with one mistake, or none, by `record_run` of the solution; how large the mistake is, and the
seed, are drawn here. A run is named by what was done to it, never by its curve. Two kinds of run are left out. In the
first the mistake does not show: no reader of the hand-out could name it. In the second the answer hangs on a limit: it
would be another one if one limit were a quarter higher or a fifth lower. How many are left out is printed by word.

`data/curves.json.gz` has two runs of each word, for the public tests; `tests/hidden_curves.json.gz` has five others.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent
PUBLIC, HIDDEN = FOLDER / "data" / "curves.json.gz", FOLDER / "tests" / "hidden_curves.json.gz"
PUBLIC_RUNS, HIDDEN_RUNS = 2, 5

Settings = dict[str, Any]


def solution() -> Any:
    """The solution as a module."""
    spec = importlib.util.spec_from_file_location("solution_09", FOLDER / "solution.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules["solution_09"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """A number of which each factor is as likely as another."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def underfitting(rng: np.random.Generator) -> Settings:
    """Two hidden units, or a penalty that leaves no weights."""
    small = {"units": (2,), "rate": between(rng, 0.15, 0.3)}
    heavy = {"l2": between(rng, 0.04, 0.09), "rate": between(rng, 0.1, 0.3)}
    return {"rows": 1152, "epochs": int(rng.integers(60, 81))} | (small if rng.random() < 0.5 else heavy)


# what is done to a network, by the word for it
MISTAKES: dict[str, Callable[[np.random.Generator], Settings]] = {
    "healthy": lambda rng: {
        "rows": 1152,
        "units": (int(rng.choice([24, 32, 48])),),
        "rate": between(rng, 0.2, 0.4),
        "l2": between(rng, 0.003, 0.006),
        "epochs": int(rng.integers(45, 61)),
        # half of them are slowed down when the fall is over: nothing is wrong with that
        "decay_at": int(rng.integers(35, 41)) if rng.random() < 0.5 else -1,
    },
    "overfitting": lambda rng: {
        "rows": 300,
        "units": (int(rng.choice([64, 96, 128])),),
        "rate": between(rng, 0.3, 0.6),
        "epochs": int(rng.integers(50, 71)),
    },
    "underfitting": underfitting,
    "learning_rate_too_high": lambda rng: {
        "units": (32,) * int(rng.integers(1, 3)),
        "rate": between(rng, 3, 300),
        "epochs": int(rng.integers(25, 46)),
    },
    "learning_rate_too_low": lambda rng: {
        "rate": between(rng, 0.001, 0.012),
        "epochs": int(rng.integers(25, 46)),
    },
    "bad_initialisation": lambda rng: {
        "units": (32,) * int(rng.integers(3, 5)),
        "start": between(rng, 0.005, 0.05),
        "epochs": int(rng.integers(25, 46)),
    },
    "decayed_too_early": lambda rng: {
        "rate": between(rng, 0.1, 0.25),
        "decay_at": int(rng.integers(3, 8)),
        "epochs": int(rng.integers(25, 46)),
    },
    "still_improving": lambda rng: {
        "rows": 1152,
        "rate": between(rng, 0.04, 0.12),
        "epochs": int(rng.integers(15, 26)),
    },
    "no_shuffling": lambda rng: {
        "rate": between(rng, 0.02, 0.1),
        "shuffle": False,
        "epochs": int(rng.integers(25, 46)),
    },
    "leak": lambda rng: {
        "leak": True,
        "rate": between(rng, 0.1, 0.3),
        "epochs": int(rng.integers(25, 46)),
    },
}

# one hidden run of each, at least, is such that a later row of the table fits as well: the order counts
TRAPS: dict[str, Callable[[dict[str, float]], bool]] = {
    "decayed_too_early": lambda found: found["level"] > 0.53,
    "learning_rate_too_low": lambda found: found["val_fall"] > 0.05,
}

# each number and how far it is moved: an accuracy of 0.95 has no room for a factor
FACTORS = (0.8, 1.25)
ACCURACY = {0.8: 0.98, 1.25: 1.01}


def moved(measures: dict[str, float], factor: float) -> dict[str, float]:
    """The numbers of a curve as they would look if every limit were higher or lower by a factor."""
    by = {name: ACCURACY[factor] if name == "best_accuracy" else factor for name in measures}
    return {name: value * by[name] for name, value in measures.items()}


def rounded(history: dict[str, list[float]]) -> dict[str, list[float]]:
    """A history with four digits of each number, or three for single steps."""
    digits = {name: 3 if name == "step_loss" else 4 for name in history}
    return {name: [float(f"{one:.{digits[name]}g}") for one in values] for name, values in history.items()}


def answers(module: Any, history: dict[str, list[float]]) -> set[str]:
    """What the solution says of a curve, with the limits as they are, and with one of them moved."""
    measures = module.curve_measures(history)
    found = {module.diagnose(history)}
    kept = module.curve_measures
    try:
        for factor in FACTORS:
            for name in measures:
                changed = measures | {name: moved(measures, factor)[name]}
                module.curve_measures = lambda _, changed=changed: changed
                found.add(module.diagnose(history))
    finally:
        module.curve_measures = kept
    return found


def main() -> None:
    """Train, choose, write both files, and print what was left out."""
    module = solution()
    public, hidden = [], []
    for word, mistake in MISTAKES.items():
        chosen: list[dict[str, Any]] = []
        is_trap = TRAPS.get(word, lambda _: True)
        trapped = False
        other = close = 0
        rng = np.random.default_rng([*word.encode()])
        while len(chosen) < PUBLIC_RUNS + HIDDEN_RUNS:
            with np.errstate(all="ignore"):
                history = rounded(module.record_run(int(rng.integers(10**6)), **mistake(rng)))
                found = answers(module, history)
            if found == {word}:
                fits = is_trap(module.curve_measures(history))
                if len(chosen) == PUBLIC_RUNS + HIDDEN_RUNS - 1 and not (fits or trapped):
                    continue
                trapped = trapped or (fits and len(chosen) >= PUBLIC_RUNS)
                chosen.append({"done": word, "history": history})
            elif module.diagnose(history) == word:
                close += 1
            else:
                other += 1
        public += chosen[:PUBLIC_RUNS]
        hidden += chosen[PUBLIC_RUNS:]
        print(
            f"{word}: {len(chosen)} runs; left out {other} that do not show it, and {close} that are close to a limit"
        )
    for path, runs in ((PUBLIC, public), (HIDDEN, hidden)):
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(runs, separators=(",", ":"))
        # the time of writing would make another file of the same numbers
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        print(f"{path.name}: {len(runs)} runs, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
