"""Trains families of networks that differ in the learning rate alone, and says of each run what is true of it.

`rates.py train` trains them, about ten minutes on one core, and writes tests/tfkit/rates.json.gz; `rates.py` alone judges
the stored curves. No truth is read from the curve that `diagnose` is shown. Whether a rate is too low or too high is
told by the other rates of its family, overfitting by a test set, an early end by training on, and underfitting by a
large network without penalties on the same rows.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]  # as a script it stands alone

from tests.benchmarks.misbehaving import divide, log_uniform, noisy_labels  # noqa: E402

STORED = ROOT / "tests" / "tfkit" / "rates.json.gz"

#: Families by number. Those held out have seeds of their own, and two data sets that no rule was ever tuned on.
CALIBRATION, HELD_OUT = range(40), range(100, 124)
_TUNED_ON, _OTHERS = ("iris", "digits", "boston_housing", "breast_cancer"), ("diabetes", "mnist_5k")


# what is trained


@dataclass(frozen=True)
class Setting:
    """What the runs of one family share."""

    data: str
    rows: int
    units: tuple[int, ...]
    activation: str
    optimizer: str
    penalty: float
    dropout: float
    batch_size: int
    epochs: int
    wrong_labels: float
    validation: int


def setting(family: int, rng: np.random.Generator) -> Setting:
    """Draws a family's setting."""
    names = _TUNED_ON + (_OTHERS * 2 if family in HELD_OUT else ())
    name = names[family % len(names)]
    penalty, dropout = [(0.0, 0.0), (0.0, 0.0), (1e-3, 0.0), (0.1, 0.0), (0.0, 0.2), (0.0, 0.5)][rng.integers(6)]
    return Setting(
        data=name,
        rows=int(rng.choice([60, 90] if name == "iris" else [60, 150, 300])),
        units=[(2,), (16,), (32,), (64, 64), (128, 128, 128)][rng.integers(5)],
        activation=str(rng.choice(["relu", "relu", "tanh", "sigmoid"])),
        optimizer=str(rng.choice(["sgd", "momentum", "adam", "adam", "rmsprop"])),
        penalty=penalty,
        dropout=dropout,
        batch_size=int(rng.choice([8, 16, 32])),
        epochs=int(rng.integers(20, 50)),
        wrong_labels=float(rng.choice([0.0, 0.0, 0.15])),
        validation=int(rng.choice([30, 60, 150] if name != "iris" else [30])),
    )


def load(name: str) -> tuple[np.ndarray, np.ndarray]:
    """X with features of mean 0 and deviation 1 (pixels: 0 to 1), and Y one-hot or of mean 0 and deviation 1."""
    import tfkit

    data = getattr(tfkit, f"load_{name}")()
    X = np.asarray(data.X, np.float64).reshape(len(data.X), -1)
    Y = np.asarray(data.Y, np.float64).reshape(len(X), -1)
    X = X / X.max() if name in ("digits", "mnist_5k") else tfkit.standardize(X)[0]
    return X, tfkit.standardize(Y)[0] if name in _QUANTITIES else Y


_QUANTITIES = ("boston_housing", "diabetes")


def build(chosen: Setting, inputs: int, outputs: int) -> Any:
    """A network that is not compiled."""
    import keras

    penalty = keras.regularizers.L2(chosen.penalty) if chosen.penalty else None
    layers: list[Any] = [keras.Input((inputs,))]
    for units in chosen.units:
        layers.append(keras.layers.Dense(units, chosen.activation, kernel_regularizer=penalty))
        layers += [keras.layers.Dropout(chosen.dropout)] if chosen.dropout else []
    kind = "linear" if chosen.data in _QUANTITIES else "sigmoid" if outputs == 1 else "softmax"
    return keras.Sequential([*layers, keras.layers.Dense(outputs, kind)])


def compiled(model: Any, chosen: Setting, optimizer: str, rate: float) -> Any:
    """The same model, compiled."""
    import keras

    made = {
        "sgd": keras.optimizers.SGD(rate),
        "momentum": keras.optimizers.SGD(rate, momentum=0.9),
        "adam": keras.optimizers.Adam(rate),
        "rmsprop": keras.optimizers.RMSprop(rate),
    }[optimizer]
    kinds = {"linear": "mse", "sigmoid": "binary_crossentropy", "softmax": "categorical_crossentropy"}
    kind = model.layers[-1].activation.__name__
    model.compile(made, kinds[kind], metrics=[] if kind == "linear" else ["accuracy"], jit_compile=False)
    return model


def train_family(family: int) -> list[dict[str, Any]]:
    """Trains one family, and returns a record of each run."""
    import keras

    rng = np.random.default_rng([family, 2026])
    keras.utils.set_random_seed(int(rng.integers(2**31)))
    chosen = setting(family, rng)
    X, Y = load(chosen.data)
    cut = chosen.rows + chosen.validation
    X, Y, X_rest, Y_rest = divide(X, Y, rng, rows=cut, validation=600)
    rows, fresh = slice(0, chosen.rows), slice(chosen.rows, cut)
    X_train, X_val, Y_train, Y_val = X[rows], X[fresh], Y[rows], Y[fresh]
    if chosen.wrong_labels:
        Y_train = noisy_labels(Y_train, chosen.wrong_labels, rng)
    parts = X_train, Y_train, (X_val, Y_val), (X_rest, Y_rest)

    model = compiled(build(chosen, X.shape[1], Y.shape[1]), chosen, chosen.optimizer, 1.0)
    rates = [rate * log_uniform(rng, 0.6, 1.8) for rate in np.geomspace(1e-6, 10, 8)]
    first = _Start(model)
    runs = [_run(first, chosen, rate, parts, seed=family) for rate in rates]
    ends = [run["end"] for run in runs if run["end"] is not None]
    best = min(ends)
    reference = _reference(chosen, parts)
    guess = _loss_of_a_guess(Y_train, model.layers[-1].activation.__name__)
    best_rate = next(rate for rate, run in zip(rates, runs, strict=True) if run["end"] == best)
    shared = {"best_end": best, "best_rate": best_rate, "guess": guess, **reference}
    described = {"data": chosen.data, "rows": chosen.rows, "optimizer": chosen.optimizer, "units": chosen.units}
    described |= {"penalty": chosen.penalty, "dropout": chosen.dropout, "activation": chosen.activation}
    records = []
    for rate, run in zip(rates, runs, strict=True):
        history = run.pop("history")
        facts = {key: _rounded(value) for key, value in (run | shared | {"rate": rate}).items()}
        records.append({"family": family, "setting": described, "facts": facts, "history": history})
    return records


def _run(first: _Start, chosen: Setting, rate: float, parts: Any, seed: int) -> dict[str, Any]:
    X, Y, validation, test = parts
    first.again(rate)
    model = first.model
    start = _evaluate(model, X, Y)
    history = _fit(model, X, Y, chosen.epochs, chosen.batch_size, validation, seed)
    end, pure_end = _evaluate(model, X, Y), _evaluate(model, X, Y, penalties=False)
    pure_test_end = _evaluate(model, *test, penalties=False)
    first.again(rate)
    longer = _fit(model, X, Y, 2 * chosen.epochs, chosen.batch_size, test, seed)
    n = chosen.epochs
    tested = [value for value in longer["val_loss"][:n] if math.isfinite(value)] or [math.inf]
    smooth = [float(np.mean(tested[max(0, i - 1) : i + 2])) for i in range(len(tested))]
    later = longer["val_loss"][n:]
    return {
        "history": {key: list(map(_rounded, values)) for key, values in history.items() if key != "accuracy"},
        "start": start,
        "end": end if all(map(math.isfinite, history["loss"])) else None,
        "pure_end": pure_end,
        "pure_test_end": pure_test_end,
        "test_best": min(smooth),
        "test_best_epoch": int(np.argmin(smooth)) + 1,
        "test_end": float(np.mean(tested[-max(1, n // 10) :])) if len(tested) == n else None,
        "test_later": min(later) if later else None,
        "loss_later": min(longer["loss"][n:]) if later else None,
    }


class _Start:
    """A model's weights and its optimizer's state as they were made, to start from again with another rate."""

    def __init__(self, model: Any) -> None:
        model.optimizer.build(model.trainable_variables)
        self.model = model
        state = [v for v in model.optimizer.variables if v is not model.optimizer._learning_rate]
        self.values = [(variable, np.array(variable)) for variable in [*model.variables, *state]]

    def again(self, rate: float) -> None:
        for variable, value in self.values:
            variable.assign(value)
        self.model.optimizer.learning_rate = rate


def _fit(model: Any, X: Any, Y: Any, epochs: int, batch_size: int, validation: Any, seed: int) -> dict[str, Any]:
    import tfkit

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tfkit.NonFiniteLossWarning)
        options: dict[str, Any] = {"validation_data": validation, "seed": seed, "jit_compile": False, "verbose": 0}
        return tfkit.fit(model, X, Y, epochs, batch_size, **options).history


def _evaluate(model: Any, X: Any, Y: Any, penalties: bool = True) -> float:
    import keras

    outputs = model(X, training=False)
    loss = model.compute_loss(X, keras.ops.convert_to_tensor(Y, "float32"), outputs)
    return float(loss) - (0.0 if penalties else float(sum(model.losses)))


def _reference(chosen: Setting, parts: Any) -> dict[str, float]:
    """What a large network without penalties reaches on the same rows."""
    X, Y, _, test = parts
    large = Setting(**(vars(chosen) | {"units": (128, 128), "activation": "relu", "penalty": 0.0, "dropout": 0.0}))
    model = compiled(build(large, X.shape[1], Y.shape[1]), large, "adam", 2e-3)
    history = _fit(model, X, Y, 80, 16, test, 0)
    return {"large_loss": history["loss"][-1], "large_test": min(history["val_loss"])}


def _loss_of_a_guess(Y: np.ndarray, kind: str) -> float:
    if kind == "linear":
        return float(Y.var(axis=0).mean())
    shares = np.array([Y.mean(), 1 - Y.mean()]) if kind == "sigmoid" else Y.mean(axis=0)
    return float(-(shares * np.log(np.maximum(shares, 1e-12))).sum())


def _rounded(value: float | None) -> float | None:
    # six digits: the fall of a rate that is far too low is in the last ones
    return float(f"{value:.6g}") if value is not None and math.isfinite(value) else None


def read_stored() -> list[dict[str, Any]]:
    """The stored runs; what was not finite is None."""
    return json.loads(gzip.decompress(STORED.read_bytes()))


def write_stored(records: list[dict[str, Any]]) -> None:
    """One run a line."""
    lines = ",\n".join(json.dumps(record, separators=(",", ":")) for record in records)
    STORED.write_bytes(gzip.compress(f"[\n{lines}\n]\n".encode(), mtime=0))


if __name__ == "__main__" and sys.argv[1:] == ["train"]:
    made = []
    for number in (*CALIBRATION, *HELD_OUT):
        made += train_family(number)
        print(number, made[-1]["setting"], flush=True)
        import keras

        keras.backend.clear_session()
    write_stored(made)
