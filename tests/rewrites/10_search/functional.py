"""The functional API, hyperparameters declared in another order and with parents, activations as layers."""

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


def build_model(hp):
    optimizer = hp.Choice("optimizer", ["adam", "sgd"], default="sgd")
    rate = hp.Float("learning_rate", min_value=1e-5, max_value=1.0, sampling="log", default=1e-3)
    momentum = hp.Float("momentum", 0.0, 0.9, parent_name="optimizer", parent_values=["sgd"])
    drop = hp.Float("dropout", 0.0, 0.5)
    depth = hp.Choice("hidden_layers", [1, 2, 3])
    width = hp.Int("units", min_value=16, max_value=128, sampling="log", default=32)
    activation = hp.Choice("activation", ["sigmoid", "tanh", "relu"])
    inputs = keras.Input(shape=(64,))
    x = inputs
    for i in range(depth):
        x = keras.layers.Dense(width, name=f"hidden{i}")(x)
        x = keras.layers.Activation(activation)(x)
        x = keras.layers.Dropout(drop)(x)
    x = keras.layers.Dense(10)(x)
    model = keras.Model(inputs, keras.layers.Softmax()(x))
    if optimizer == "adam":
        chosen = keras.optimizers.Adam(learning_rate=rate)
    else:
        chosen = keras.optimizers.SGD(learning_rate=rate, momentum=momentum)
    model.compile(optimizer=chosen, loss=keras.losses.CategoricalCrossentropy(), metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")])
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


def final_model(best, X, Y, seed) -> keras.Model:
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return model
