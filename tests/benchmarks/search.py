"""A random search on the digits by `tfkit.tune` and by stock keras-tuner: the same trials, how many times faster.

`python tests/benchmarks/search.py`, minutes. Blocks of trials of both alternate, so that drift meets both; what counts
is the ratio. `BENCHMARK_TRIALS=6` makes it short.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import keras_tuner
import numpy as np

import tfkit

TRIALS = int(os.environ.get("BENCHMARK_TRIALS", "30"))
BLOCKS = 3
EPOCHS, BATCH_SIZE = 50, 32


def build(hp: Any) -> keras.Model:
    """A classifier of the digits, in the space of assignment 10."""
    layers = [keras.Input((64,))]
    units = hp.Int("units", 16, 128, sampling="log")
    activation = hp.Choice("activation", ["relu", "tanh", "sigmoid"])
    dropout = hp.Float("dropout", 0.0, 0.5)
    for _ in range(hp.Int("hidden_layers", 1, 3)):
        layers += [keras.layers.Dense(units, activation=activation), keras.layers.Dropout(dropout)]
    model = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
    optimizer = keras.optimizers.Adam(hp.Float("learning_rate", 1e-5, 1.0, sampling="log"))
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model


def data() -> dict[str, Any]:
    """Training and validation digits."""
    parts = tfkit.split(tfkit.load_digits(), fractions=(0.75, 0.25), seed=0)
    train, validation = (((part.X / 16).astype(np.float32), part.Y.astype(np.float32)) for part in parts)
    return {"x": train[0], "y": train[1], "validation_data": validation}


def stock(seed: int, trials: int) -> list[dict[str, Any]]:
    """keras-tuner as its guide shows it."""
    with tempfile.TemporaryDirectory() as folder:
        tuner = keras_tuner.RandomSearch(
            build,
            objective=keras_tuner.Objective("val_accuracy", "max"),
            max_trials=trials,
            seed=seed,
            directory=folder,
        )
        tuner.search(**data(), epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0)
        return [tuner.oracle.trials[id].hyperparameters.values for id in tuner.oracle.start_order]


def ours(seed: int, trials: int) -> list[dict[str, Any]]:
    """`tfkit.tune` with the same build function and seed."""
    objective = ("val_accuracy", "max")
    settings = {"epochs": EPOCHS, "batch_size": BATCH_SIZE}
    result = tfkit.tune(build, **data(), objective=objective, seed=seed, max_trials=trials, **settings)
    return [trial.values for trial in result.trials]


def main() -> None:
    """Prints both times and their ratio."""
    warnings.simplefilter("ignore")
    seconds = {stock: 0.0, ours: 0.0}
    tfkit.tune(
        build, **data(), objective=("val_accuracy", "max"), seed=99, max_trials=1, epochs=1
    )  # imports, first ops
    for block in range(BLOCKS):
        found = []
        for road in (stock, ours):
            start = time.perf_counter()
            found.append(road(block + 1, TRIALS // BLOCKS))
            seconds[road] += time.perf_counter() - start
        if found[0] != found[1]:
            raise SystemExit(f"the two searches ran different trials: {found}")
    for road, spent in seconds.items():
        print(f"{road.__name__}: {spent:.1f} s for {TRIALS} trials of {EPOCHS} epochs, {spent / TRIALS:.2f} s each")
    print(f"tfkit.tune is {seconds[stock] / seconds[ours]:.1f} times faster than stock keras-tuner, same trials")


if __name__ == "__main__":
    main()
