"""Final values as Fixed hyperparameters; recursive grid; sets against duplicates."""

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
    if not space:
        return [{}]
    (name, entry), *others = space.items()
    kind = entry[0]
    if kind == "choice":
        values = list(entry[1])
    else:
        low, high = entry[1], entry[2]
        steps = [i / (points - 1) for i in range(points)]
        if kind == "log":
            values = [low * (high / low) ** step for step in steps]
        else:
            values = [low + step * (high - low) for step in steps]
        if kind == "int":
            values = sorted(set(int(math.floor(value + 0.5)) for value in values))
    return [{name: value, **rest} for value in values for rest in grid(dict(others), points)]


def random_search(space, n, rng):
    finite = all(entry[0] in ("int", "choice") for entry in space.values())
    if finite:
        axes = [e[1] if e[0] == "choice" else list(range(e[1], e[2] + 1)) for e in space.values()]
        everything = [dict(zip(space, values)) for values in itertools.product(*axes)]
        return [everything[i] for i in rng.permutation(len(everything))[:n]]
    seen, configs = set(), []
    while len(configs) < n:
        config = {}
        for name, entry in space.items():
            if entry[0] == "choice":
                config[name] = entry[1][int(rng.random() * len(entry[1]))]
            elif entry[0] == "int":
                config[name] = entry[1] + int(rng.random() * (entry[2] - entry[1] + 1))
            elif entry[0] == "log":
                config[name] = float(log_uniform(entry[1], entry[2], rng))
            else:
                config[name] = entry[1] + rng.random() * (entry[2] - entry[1])
        key = tuple(sorted(config.items()))
        if key not in seen:
            seen.add(key)
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
    keras.utils.set_random_seed(seed)
    common = {
        "hypermodel": DigitsModel(),
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


def final_model(best, X, Y, seed):
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    for name, value in best.items():
        hp.Fixed(name, value)
    model = build_model(hp)
    model.fit(X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0, shuffle=True)
    return model
