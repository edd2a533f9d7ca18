"""A class for spaces."""

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


class Space:
    """A space that draws, lists and narrows itself."""

    def __init__(self, entries):
        self.entries = dict(entries)

    def axis(self, name, points):
        kind, *rest = self.entries[name]
        return getattr(self, f"_axis_{kind}")(points, *rest)

    def _axis_choice(self, points, values):
        return values

    def _axis_log(self, points, low, high):
        return np.exp(np.linspace(np.log(low), np.log(high), points)).tolist()

    def _axis_linear(self, points, low, high):
        return np.linspace(low, high, points).tolist()

    def _axis_int(self, points, low, high):
        return np.unique(np.rint(np.linspace(low, high, points)).astype(int)).tolist()

    def draw(self, rng):
        return {name: getattr(self, f"_draw_{entry[0]}")(rng, *entry[1:]) for name, entry in self.entries.items()}

    def _draw_choice(self, rng, values):
        return values[rng.choice(len(values))]

    def _draw_log(self, rng, low, high):
        return float(log_uniform(low, high, rng))

    def _draw_linear(self, rng, low, high):
        return float(rng.uniform(low, high))

    def _draw_int(self, rng, low, high):
        return int(rng.choice(np.arange(low, high + 1)))

    def __len__(self):
        sizes = [len(e[1]) if e[0] == "choice" else e[2] - e[1] + 1 if e[0] == "int" else 10**9 for e in self.entries.values()]
        return min(math.prod(sizes), 10**15)


def log_uniform(low, high, rng, size=None):
    drawn = np.exp(rng.uniform(np.log(low), np.log(high), size=size))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn


def grid(space, points):
    own = Space(space)
    return [dict(zip(space, values)) for values in itertools.product(*(own.axis(name, points) for name in space))]


def random_search(space, n, rng):
    own, found = Space(space), {}
    while len(found) < min(n, len(own)):
        config = own.draw(rng)
        found[repr(sorted(config.items()))] = config
    return list(found.values())


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
