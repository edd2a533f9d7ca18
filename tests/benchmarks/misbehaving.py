"""Networks that are made to misbehave, each in one way that the lecture's slides name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

#: Adam's learning rates that train the networks below well.
GOOD = {"iris": 0.01, "digits": 0.003, "boston": 0.003}


def load(name: str) -> tuple[np.ndarray, np.ndarray]:
    """X with features of mean 0 and deviation 1 (pixels: 0 to 1), and Y one-hot or of mean 0 and deviation 1."""
    import tfkit

    if name == "digits":
        digits = tfkit.load_digits()
        return digits.X / 16, digits.Y
    data = tfkit.load_iris() if name == "iris" else tfkit.load_boston_housing()
    # the whole set is scaled at once, a leak that no curve here is about: X holds no labels
    X, Y = tfkit.standardize(data.X)[0], data.Y
    return X, (tfkit.standardize(Y)[0] if name == "boston" else Y)


def divide(X: Any, Y: Any, rng: Any, rows: int | None = None, validation: int | None = None) -> tuple[Any, ...]:
    """Shuffled training and validation parts, at most 900 and 600 rows."""
    order = rng.permutation(len(X))
    cut = rows or min(900, int(0.6 * len(X)))
    end = cut + (validation or 600)
    return X[order[:cut]], Y[order[:cut]], X[order[cut:end]], Y[order[cut:end]]


def fit(name: str, parts: tuple[Any, ...], rng: Any, **options: Any) -> dict[str, list[float]]:
    """Trains a network as Keras does, and returns its history."""
    import keras
    import tensorflow as tf

    X, Y, X_val, Y_val = parts
    o = {
        "units": (32,),
        "activation": "relu",
        "kernel_initializer": None,
        "penalty": 0.0,
        "dropout": 0.0,
        "rate": 1.0,
        "optimizer": "adam",
        "epochs": 60,
        "batch_size": 32,
        "shuffle": True,
        "callbacks": (),
        "smoothing": 0.0,
        "binary": False,
        "each_step": False,
    } | options

    def start() -> Any:
        # an instance draws the same numbers each time it is used: one for each layer
        return keras.initializers.get(o["kernel_initializer"]() if o["kernel_initializer"] else "glorot_uniform")

    penalty = keras.regularizers.L2(o["penalty"]) if o["penalty"] else None
    layers: list[Any] = [keras.Input((X.shape[1],))]
    for units in o["units"]:
        layers.append(
            keras.layers.Dense(units, o["activation"], kernel_initializer=start(), kernel_regularizer=penalty)
        )
        if o["dropout"]:
            layers.append(keras.layers.Dropout(o["dropout"]))
    output = "sigmoid" if o["binary"] else "linear" if name == "boston" else "softmax"
    layers.append(keras.layers.Dense(Y.shape[1], output, kernel_initializer=start(), kernel_regularizer=penalty))
    model = keras.Sequential(layers)
    rate = o["rate"] * GOOD[name]
    if o["optimizer"] == "sgd":
        optimizer: Any = keras.optimizers.SGD(rate * 10, momentum=0.9)
    else:
        optimizer = keras.optimizers.Adam(rate)
    loss: Any = "mse"
    metrics: list[Any] = ["mae"]
    if o["binary"]:
        loss, metrics = "binary_crossentropy", [keras.metrics.AUC(name="auc")]
    elif name != "boston":
        loss, metrics = keras.losses.CategoricalCrossentropy(label_smoothing=o["smoothing"]), ["accuracy"]
    steps = _EachStep()
    model.compile(optimizer, loss, metrics=metrics, jit_compile=False)
    callbacks = [*o["callbacks"], steps.callback()] if o["each_step"] else [*o["callbacks"]]
    if o["each_step"]:
        # after set_random_seed, fit draws one order of the rows and repeats it in every epoch
        rows = tf.data.Dataset.from_tensor_slices((X, Y))
        rows = rows.shuffle(len(X), seed=int(rng.integers(2**31))) if o["shuffle"] else rows
        model.fit(rows.batch(o["batch_size"]), shuffle=False, epochs=o["epochs"], callbacks=callbacks, verbose=0)
        return {"loss": steps.losses}
    return model.fit(
        X,
        Y,
        validation_data=(X_val, Y_val),
        epochs=o["epochs"],
        batch_size=o["batch_size"],
        callbacks=callbacks,
        verbose=0,
    ).history


class _EachStep:
    """Notes the loss of each batch: Keras reports the mean since the epoch began, which is undone here."""

    def __init__(self) -> None:
        self.losses: list[float] = []

    def callback(self) -> Any:
        import keras

        state = {"total": 0.0}

        def on_batch(batch: int, logs: Any) -> None:
            total = logs["loss"] * (batch + 1)
            state["total"] = 0.0 if batch == 0 else state["total"]
            self.losses.append(total - state["total"])
            state["total"] = total

        return keras.callbacks.LambdaCallback(on_train_batch_end=on_batch)


def noisy_labels(Y: np.ndarray, share: float, rng: Any) -> np.ndarray:
    """A copy of Y in which a share of the rows has another row's label."""
    rows = rng.random(len(Y)) < share
    wrong = Y.copy()
    wrong[rows] = Y[rng.integers(len(Y), size=rows.sum())]
    return wrong


def log_uniform(rng: Any, low: float, high: float) -> float:
    """A number of `[low, high]`, each decade alike."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def healthy(name: str, rng: Any) -> Any:
    """A good rate, enough epochs, and a penalty or dropout that fits; in some runs a decay when the loss is flat."""
    import keras

    callbacks = [keras.callbacks.ReduceLROnPlateau("loss", patience=4, min_delta=0.01)] if rng.random() < 0.3 else []
    regularize = {"penalty": 1e-3} if rng.random() < 0.5 else {"dropout": 0.2}
    return fit(
        name,
        divide(*load(name), rng),
        rng,
        **regularize,
        units=(int(rng.integers(12, 33)),),
        rate=log_uniform(rng, 0.5, 1.5),
        epochs=int(rng.integers(40, 70)),
        callbacks=callbacks,
    )


def overfitting(name: str, rng: Any) -> Any:
    """Few rows, some with wrong labels, and a large network."""
    rows = {"iris": 60, "digits": 200, "boston": 80}[name]
    X, Y, X_val, Y_val = divide(*load(name), rng, rows=rows)
    Y = noisy_labels(Y, rng.uniform(0.05, 0.3), rng)
    units = (int(rng.integers(64, 200)),) * int(rng.integers(1, 3))
    return fit(name, (X, Y, X_val, Y_val), rng, units=units, epochs=int(rng.integers(50, 90)), batch_size=16)


def underfitting(name: str, rng: Any) -> Any:
    """One or two hidden neurons, a heavy penalty, or features that say little."""
    X, Y = load(name)
    kind = rng.choice(["narrow", "penalty", "features"])
    options: dict[str, Any] = {"epochs": int(rng.integers(50, 80))}
    if kind == "narrow" and name == "digits":
        options |= {"units": (int(rng.integers(1, 3)),), "activation": "tanh"}
    elif kind == "penalty":
        options |= {"penalty": log_uniform(rng, 0.1, 1)}
    else:
        X = X[:, [1]] if name == "iris" else X[:, [3, 8]] if name == "boston" else X[:, 18:21]
    return fit(name, divide(X, Y, rng), rng, **options)


def too_high(name: str, rng: Any) -> Any:
    """A learning rate 5 to 100 times too high; Adam, which divides by the gradient's size, bears more than SGD."""
    optimizer = str(rng.choice(["adam", "sgd"]))
    rate = log_uniform(rng, 15, 100) if optimizer == "adam" else log_uniform(rng, 5, 50)
    return fit(name, divide(*load(name), rng), rng, units=(32, 32), rate=rate, optimizer=optimizer)


def too_low(name: str, rng: Any) -> Any:
    """A learning rate 30 to 150 times too low."""
    rate = 1 / log_uniform(rng, 30, 150)
    return fit(name, divide(*load(name), rng), rng, rate=rate, epochs=int(rng.integers(30, 70)))


def bad_start(name: str, rng: Any) -> Any:
    """Deep, with weights that are tiny, or the same for all neurons."""
    import keras

    kind = rng.choice(["tiny", "tiny", "zero"])
    deviation = log_uniform(rng, 0.002, 0.02)
    tiny = lambda: keras.initializers.RandomNormal(stddev=deviation)  # noqa: E731
    return fit(
        name,
        divide(*load(name), rng),
        rng,
        units=(32,) * int(rng.integers(3, 6)),
        activation="relu" if kind == "zero" else str(rng.choice(["tanh", "relu"])),
        kernel_initializer=(lambda: "zeros") if kind == "zero" else tiny,
        optimizer="sgd",
        rate=log_uniform(rng, 0.5, 2),
        epochs=int(rng.integers(40, 70)),
    )


def early_decay(name: str, rng: Any) -> Any:
    """The rate divided by 50 to 200 while the loss still falls; half of the histories do not tell the rate."""
    import keras

    at, factor = int(rng.integers(3, 8)), log_uniform(rng, 50, 200)
    schedule = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / factor if epoch == at else rate)
    history = fit(
        name,
        divide(*load(name), rng),
        rng,
        rate=log_uniform(rng, 0.4, 1),
        epochs=int(rng.integers(30, 60)),
        callbacks=[schedule],
        penalty=1e-4,
    )
    if rng.random() < 0.5:
        history.pop("learning_rate")
    return history


def stopped_early(name: str, rng: Any) -> Any:
    """A good rate, stopped after a quarter of the epochs or less."""
    epochs = {"iris": 14, "digits": 8, "boston": 8}[name] + int(rng.integers(0, 5))
    return fit(name, divide(*load(name), rng), rng, rate=log_uniform(rng, 0.3, 0.7), epochs=epochs)


def metric_behind(name: str, rng: Any) -> Any:
    """A rare class: the loss soon stands at the entropy of its share, the ranking goes on improving."""
    X, Y = load(name)
    rare = int(rng.integers(Y.shape[1]))
    positive = np.flatnonzero(Y[:, rare])
    keep = rng.permutation(positive)[: max(6, len(positive) // 5)]
    rows = rng.permutation(np.concatenate([np.flatnonzero(Y[:, rare] == 0), keep]))
    parts = divide(X[rows], Y[rows][:, [rare]], rng)
    rate = log_uniform(rng, 0.03, 0.1)
    return fit(name, parts, rng, binary=True, units=(16,), rate=rate, epochs=int(rng.integers(40, 60)))


def noisy(name: str, rng: Any) -> Any:
    """The loss of each small batch, or a validation set of a dozen rows."""
    if rng.random() < 0.5:
        rows = 100
        options = {"each_step": True, "batch_size": int(rng.integers(2, 6)), "epochs": 10}
        return fit(name, divide(*load(name), rng, rows=rows), rng, **options)
    parts = divide(*load(name), rng, validation=int(rng.integers(6, 14)))
    return fit(
        name, parts, rng, batch_size=int(rng.integers(2, 6)), rate=log_uniform(rng, 3, 8), penalty=1e-4, epochs=40
    )


def leak(name: str, rng: Any) -> Any:
    """The label is among the features: as it is, or as the row's number in a file that is sorted by label."""
    X, Y = load(name)
    if name == "boston":
        column = Y + 0.01 * rng.normal(size=Y.shape)
    elif rng.random() < 0.5:
        column = Y * rng.uniform(1, 3)
    else:
        number = np.argsort(np.argsort(Y.argmax(axis=1), kind="stable"), kind="stable") / len(Y)
        column = np.abs(number[:, None] - np.linspace(0, 1, 30))  # distances to dates of the calendar
        column = 3 * (column < 0.05)
    return fit(name, divide(np.hstack([X, column]), Y, rng), rng, rate=log_uniform(rng, 1, 3), epochs=40)


def diverging(name: str, rng: Any) -> Any:
    """Squared errors, and the lowest of some learning rates at which each step overshoots the last."""
    parts, epochs = divide(*load(name), rng), int(rng.integers(15, 40))
    rate = log_uniform(rng, 10, 30)
    while True:
        history = fit(name, parts, rng, optimizer="sgd", rate=rate, units=(32, 32), epochs=epochs)
        if not history["loss"][-1] < 10 * history["loss"][0]:
            return history
        rate *= 1.5


def unshuffled(name: str, rng: Any) -> Any:
    """Rows sorted by label and never shuffled; the loss of each batch."""
    X, Y = load(name)
    rows = rng.permutation(len(X))[:200]
    rows = rows[np.argsort(Y[rows].argmax(axis=1) if name != "boston" else Y[rows, 0], kind="stable")]
    size = int(rng.integers(8, 17))
    return fit(name, (X[rows], Y[rows], None, None), rng, each_step=True, shuffle=False, batch_size=size, epochs=15)


ALL, CLASSES = ("digits", "iris", "boston"), ("digits", "iris")
RECIPES: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "healthy": (healthy, ALL),
    "overfitting": (overfitting, ALL),
    "underfitting": (underfitting, ALL),
    "learning_rate_too_high": (too_high, CLASSES),
    "learning_rate_too_low": (too_low, ALL),
    "bad_initialisation": (bad_start, ALL),
    "decayed_too_early": (early_decay, ALL),
    "still_improving": (stopped_early, ALL),
    "metric_still_improving": (metric_behind, ("digits",)),
    "noisy": (noisy, ALL),
    "leak": (leak, ALL),
    "diverged": (diverging, ("boston",)),
    "no_shuffling": (unshuffled, ALL),
}
