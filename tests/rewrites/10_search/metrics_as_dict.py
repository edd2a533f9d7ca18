"""The hypermodel's fit returns a dict of the best metrics."""

import itertools
import math
import tempfile
import warnings

import keras
import keras_tuner
import numpy as np

import tfkit

EPOCHS, BATCH_SIZE = 10, 32
FINAL_EPOCHS = 30
N_FEATURES, NUM_CLASSES = 64, 10


def log_uniform(low, high, rng, size=None):
    drawn = np.exp(rng.uniform(np.log(low), np.log(high), size=size))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn


def grid(space, points):
    configs = [{}]
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            values = rest[0]
        elif kind == "log":
            values = np.geomspace(*rest, points).tolist()
        elif kind == "linear":
            values = np.linspace(*rest, points).tolist()
        else:
            values = sorted({round(value) for value in np.linspace(*rest, points).tolist()})
        configs = [{**config, name: value} for config in configs for value in values]
    return configs


def random_search(space, n, rng):
    size = 1.0
    for kind, *rest in space.values():
        if kind in ("log", "linear"):
            size = np.inf
        else:
            size *= len(rest[0]) if kind == "choice" else rest[1] - rest[0] + 1

    def draw():
        config = {}
        for name, (kind, *rest) in space.items():
            if kind == "choice":
                config[name] = rest[0][rng.integers(len(rest[0]))]
            elif kind == "int":
                config[name] = int(rng.integers(rest[0], rest[1], endpoint=True))
            elif kind == "log":
                config[name] = log_uniform(*rest, rng)
            else:
                config[name] = float(rng.uniform(*rest))
        return config

    configs = []
    while len(configs) < min(n, size):
        config = draw()
        if config not in configs:
            configs.append(config)
    return configs


def coarse_to_fine(space, trials, factor):
    scored = [(config, score) for config, score in trials if not np.isnan(score)]
    best, _ = max(scored, key=lambda trial: trial[1])
    finer = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            finer[name] = (kind, *rest)
            continue
        low, high = rest
        if kind == "log":
            reach = (high / low) ** (1 / factor / 2)
            finer[name] = (kind, best[name] / reach, best[name] * reach)
            continue
        reach = (high - low) / factor / 2
        new_low, new_high = best[name] - reach, best[name] + reach
        if kind == "int":
            new_low, new_high = round(new_low), round(new_high)
            if low >= 1:
                new_low = max(new_low, 1)
        elif low >= 0:
            new_low = max(new_low, 0.0)
        finer[name] = (kind, new_low, new_high)
    return finer


def overfit_tiny_batch(build, X, Y, steps):
    history = tfkit.fit(build(), X[:8], Y[:8], epochs=steps, batch_size=8, stop_on_nonfinite=False, verbose=0)
    losses = [float(loss) for loss in history.history["loss"]]
    if not losses[-1] <= 0.1:  # written so that NaN raises too
        raise ValueError(
            f"expected a loss of at most 0.1 on 8 examples after {steps} steps, received {losses[-1]:.3g}; "
            "try another learning rate, and look at the labels, the loss and the output layer"
        )
    return losses


def build_model(hp: keras_tuner.HyperParameters) -> keras.Model:
    hidden_layers = hp.Int("hidden_layers", 1, 3)
    units = hp.Int("units", 16, 128, sampling="log")
    activation = hp.Choice("activation", ["relu", "tanh", "sigmoid"])
    dropout = hp.Float("dropout", 0.0, 0.5)
    learning_rate = hp.Float("learning_rate", 1e-5, 1.0, sampling="log")
    if hp.Choice("optimizer", ["sgd", "adam"]) == "sgd":
        with hp.conditional_scope("optimizer", ["sgd"]):
            momentum = hp.Float("momentum", 0.0, 0.9)
        optimizer = keras.optimizers.SGD(learning_rate, momentum=momentum)
    else:
        optimizer = keras.optimizers.Adam(learning_rate)
    layers = [keras.Input((N_FEATURES,))]
    for _ in range(hidden_layers):
        layers += [keras.layers.Dense(units, activation=activation), keras.layers.Dropout(dropout)]
    layers.append(keras.layers.Dense(NUM_CLASSES, activation="softmax"))
    model = keras.Sequential(layers)
    model.compile(optimizer, loss="categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


class DigitsModel(keras_tuner.HyperModel):
    def __init__(self, builder):
        super().__init__()
        self.builder = builder

    def build(self, hp):
        return self.builder(hp)

    def fit(self, hp, model, x, y, epochs, initial_epoch=0, **options):
        best = {}
        history = model.fit(x, y, epochs=epochs, initial_epoch=initial_epoch, **options)
        for name, values in history.history.items():
            best[name] = max(values) if "accuracy" in name else min(values)
        return best


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    keras.utils.set_random_seed(seed)
    common = {
        "hypermodel": DigitsModel(build_model),
        "objective": keras_tuner.Objective("val_accuracy", "max"),
        "seed": seed + 1,  # never 0, which keras-tuner takes for None
        "directory": directory,
        "project_name": method,
        "overwrite": True,
    }
    if method == "hyperband":
        tuner = keras_tuner.Hyperband(max_epochs=EPOCHS, **common)
        tuner.oracle.max_trials = max_trials
    else:
        tuners = {
            "random": keras_tuner.RandomSearch,
            "grid": keras_tuner.GridSearch,
            "bayesian": keras_tuner.BayesianOptimization,
        }
        tuner = tuners[method](max_trials=max_trials, **common)
    tuner.search(
        X_train,
        Y_train,
        validation_data=(X_val, Y_val),
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        verbose=0,
    )

    def hyperparameters(hp):
        """The values without Hyperband's books."""
        return {name: value for name, value in hp.values.items() if not name.startswith("tuner/")}

    trials = []
    for trial_id in tuner.oracle.start_order:
        trial = tuner.oracle.get_trial(trial_id)
        row = {"trial_id": trial_id, "val_accuracy": float(trial.score)}
        trials.append(row | hyperparameters(trial.hyperparameters))
    return {"best": hyperparameters(tuner.get_best_hyperparameters()[0]), "trials": trials}


def final_model(best, X, Y, seed) -> keras.Model:
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return model
