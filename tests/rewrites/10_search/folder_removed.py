"""The old folder is removed first; oracles and a plain Tuner."""

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
    best, score = None, -math.inf
    for config, s in trials:
        if s > score:
            best, score = config, s
    result = dict(space)
    for name, entry in space.items():
        kind = entry[0]
        if kind == "log":
            centre, width = math.log10(best[name]), math.log10(entry[2]) - math.log10(entry[1])
            result[name] = ("log", 10 ** (centre - width / (2 * factor)), 10 ** (centre + width / (2 * factor)))
        elif kind in ("linear", "int"):
            width = (entry[2] - entry[1]) / factor
            low, high = best[name] - width / 2, best[name] + width / 2
            if kind == "linear":
                result[name] = ("linear", low if entry[1] < 0 else max(0, low), high)
            else:
                low, high = int(np.rint(low)), int(np.rint(high))
                result[name] = ("int", low if entry[1] < 1 else max(1, low), high)
    return result


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

    def build(self, hp):
        return build_model(hp)

    def fit(self, hp, model, *args, callbacks=(), **kwargs):
        """Trains a trial's model. The arguments are those of `tuner.search`, and callbacks of the tuner's."""
        # one of the tuner's callbacks writes the best weights of each trial, from which Hyperband alone goes on; the
        # other looks at every batch, does nothing, and would keep the loop from being compiled
        goes_on = "tuner/epochs" in hp.values
        kept = [callback for callback in callbacks if goes_on and type(callback).__name__ != "TunerCallback"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", tfkit.NonFiniteLossWarning)  # a trial that diverges is a result as well
            history = tfkit.fit(model, *args, callbacks=kept, validation_batch_size=1024, **kwargs)
        if __name__ == "__main__":
            values = {name: f"{value:.3g}" if isinstance(value, float) else value for name, value in hp.values.items()}
            print(f"val_accuracy {max(history.history['val_accuracy']):.3f}  {values}", flush=True)
        return history


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    import shutil
    from keras_tuner import oracles

    shutil.rmtree(directory, ignore_errors=True)
    keras.utils.set_random_seed(seed)
    settings = {"objective": keras_tuner.Objective("val_accuracy", "max")}
    if method == "hyperband":
        tuner = keras_tuner.Hyperband(DigitsModel(), max_epochs=EPOCHS, directory=directory, project_name="run", **settings)
        tuner.oracle.max_trials = max_trials
    else:
        kinds = {
            "random": oracles.RandomSearchOracle,
            "grid": oracles.GridSearchOracle,
            "bayesian": oracles.BayesianOptimizationOracle,
        }
        oracle = kinds[method](max_trials=max_trials, **settings)
        tuner = keras_tuner.Tuner(oracle, DigitsModel(), directory=directory, project_name="run")
    tuner.search(X_train, Y_train, epochs=EPOCHS, batch_size=BATCH_SIZE, validation_data=(X_val, Y_val), verbose=0)
    trials = [tuner.oracle.trials[i] for i in tuner.oracle.start_order]
    table = []
    for t in trials:
        row = {"trial_id": t.trial_id, "val_accuracy": t.metrics.get_best_value("val_accuracy")}
        row["val_accuracy"] = float(row["val_accuracy"])
        for name in t.hyperparameters.values:
            if not name.startswith("tuner"):
                row[name] = t.hyperparameters.get(name)
        table.append(row)
    scores = [row["val_accuracy"] for row in table]
    best = dict(table[int(np.argmax(scores))])
    del best["trial_id"], best["val_accuracy"]
    return {"trials": table, "best": best}


def final_model(best, X, Y, seed) -> keras.Model:
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return model
