"""Entries of a space are objects, all distinct configurations are listed where there are few, and a tuner is asked."""

import itertools
import math
from dataclasses import dataclass

import keras
import keras_tuner
import numpy as np

import tfkit

EPOCHS, BATCH_SIZE = 10, 32
FINAL_EPOCHS = 30
N_FEATURES, NUM_CLASSES = 64, 10


@dataclass
class Range:
    low: float
    high: float

    def points(self, n):
        return [float(value) for value in np.linspace(self.low, self.high, n)]

    def draw(self, rng):
        return float(rng.uniform(self.low, self.high))

    def around(self, best, factor):
        half = (self.high - self.low) / factor / 2
        low = best - half
        return ("linear", max(low, 0.0) if self.low >= 0 else low, best + half)


class Whole(Range):
    def points(self, n):
        return sorted({int(round(value)) for value in super().points(n)})

    def draw(self, rng):
        return int(rng.integers(self.low, self.high + 1))

    def around(self, best, factor):
        half = (self.high - self.low) / factor / 2
        low, high = round(best - half), round(best + half)
        return ("int", max(low, 1) if self.low >= 1 else low, high)


class Log(Range):
    def points(self, n):
        return [float(value) for value in np.logspace(np.log10(self.low), np.log10(self.high), n)]

    def draw(self, rng):
        return log_uniform(self.low, self.high, rng)

    def around(self, best, factor):
        root = (self.high / self.low) ** (1 / (2 * factor))
        return ("log", best / root, best * root)


class Choice:
    def __init__(self, values):
        self.values = values

    def points(self, n):
        return list(self.values)

    def draw(self, rng):
        return self.values[rng.integers(0, len(self.values))]

    def around(self, best, factor):
        return ("choice", self.values)


KINDS = {"linear": Range, "int": Whole, "log": Log, "choice": Choice}


def entries(space):
    return {name: KINDS[kind](*rest) for name, (kind, *rest) in space.items()}


def log_uniform(low, high, rng, size=None):
    draws = np.clip(np.exp2(rng.uniform(np.log2(low), np.log2(high), size=size)), low, high)
    return draws if size is not None else draws.item()


def grid(space, points):
    of_each = [[(name, value) for value in entry.points(points)] for name, entry in entries(space).items()]
    return [dict(pairs) for pairs in itertools.product(*of_each)]


def random_search(space, n, rng):
    parts = entries(space)
    if all(isinstance(part, (Whole, Choice)) for part in parts.values()):
        # few enough to be listed, in most cases; drawn without replacement
        of_each = [
            part.values if isinstance(part, Choice) else range(part.low, part.high + 1) for part in parts.values()
        ]
        if math.prod(map(len, of_each)) <= 100_000:
            every = [dict(zip(parts, values)) for values in itertools.product(*of_each)]
            chosen = rng.permutation(len(every))[:n]
            return [every[index] for index in chosen]
    found = []
    while len(found) < n:
        config = {name: part.draw(rng) for name, part in parts.items()}
        if config not in found:
            found.append(config)
    return found


def coarse_to_fine(space, trials, factor):
    scores = np.array([score for _, score in trials], float)
    best, _ = trials[int(np.nanargmax(scores))]
    return {name: entry.around(best.get(name), factor) for name, entry in entries(space).items()}


def overfit_tiny_batch(build, X, Y, steps):
    history = tfkit.fit(build(), X[:8], Y[:8], epochs=steps, batch_size=8, shuffle=False, stop_on_nonfinite=False)
    losses = history.history["loss"]
    if losses[-1] <= 0.1:
        return [float(loss) for loss in losses]
    raise ValueError(f"the last loss is {losses[-1]}; change the learning rate, check the loss and the output layer")


def build_model(hp):
    def optimizer():
        kind = hp.Choice("optimizer", ["sgd", "adam"])
        rate = hp.Float("learning_rate", 1e-5, 1, sampling="log")
        with hp.conditional_scope("optimizer", ["sgd"]):
            if kind == "sgd":
                return keras.optimizers.SGD(rate, hp.Float("momentum", 0, 0.9))
        return keras.optimizers.Adam(rate)

    model = keras.Sequential()
    model.add(keras.layers.InputLayer(shape=(64,)))
    for _ in range(hp.Int("hidden_layers", 1, 3)):
        units = hp.Int("units", 16, 128, sampling="log")
        model.add(keras.layers.Dense(units, activation=hp.Choice("activation", ["relu", "tanh", "sigmoid"])))
        model.add(keras.layers.Dropout(hp.Float("dropout", 0.0, 0.5)))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Softmax())
    metric = keras.metrics.CategoricalAccuracy("accuracy")
    model.compile(optimizer(), keras.losses.categorical_crossentropy, metrics=[metric])
    return model


class Search:
    def __init__(self, method, max_trials, seed, directory):
        keras.utils.set_random_seed(seed)
        arguments = dict(
            hypermodel=tfkit.TrialModel(build_model),
            objective=keras_tuner.Objective("val_accuracy", "max"),
            seed=seed or 12345,
            directory=directory,
            project_name=f"{method}_{max_trials}_{seed}",
            overwrite=True,
        )
        self.epochs = {"epochs": EPOCHS}
        match method:
            case "random":
                self.tuner = keras_tuner.RandomSearch(max_trials=max_trials, **arguments)
            case "grid":
                self.tuner = keras_tuner.GridSearch(max_trials=max_trials, **arguments)
            case "bayesian":
                self.tuner = keras_tuner.BayesianOptimization(max_trials=max_trials, **arguments)
            case "hyperband":
                self.tuner = keras_tuner.Hyperband(max_epochs=EPOCHS, **arguments)
                self.tuner.oracle.max_trials = max_trials
                self.epochs = {}

    def values(self, trial):
        return {k: v for k, v in trial.hyperparameters.values.items() if not k.startswith("tuner/")}

    def run(self, X, Y, validation_data):
        self.tuner.search(X, Y, validation_data=validation_data, batch_size=BATCH_SIZE, verbose=0, **self.epochs)
        ran = sorted(self.tuner.oracle.trials.values(), key=lambda trial: int(trial.trial_id))
        (best,) = self.tuner.oracle.get_best_trials(1)
        rows = [{"trial_id": t.trial_id, "val_accuracy": float(t.score)} | self.values(t) for t in ran]
        return {"best": self.values(best), "trials": rows}


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    return Search(method, max_trials, seed, directory).run(X_train, Y_train, (X_val, Y_val))


def final_model(best, X, Y, seed):
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = best.copy()
    model = build_model(hp)
    tfkit.fit(model, X, Y, FINAL_EPOCHS, BATCH_SIZE, seed=seed)
    return model


def environments(workers, port):
    ids = ["chief"] + [f"worker-{chr(97 + number)}" for number in range(workers)]
    keys = ("KERASTUNER_TUNER_ID", "KERASTUNER_ORACLE_IP", "KERASTUNER_ORACLE_PORT")
    return [dict(zip(keys, (name, "127.0.0.1", str(port)))) for name in ids]
