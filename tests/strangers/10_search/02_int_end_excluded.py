import itertools
import warnings

import keras
import keras_tuner
import numpy as np

import tfkit

EPOCHS, BATCH_SIZE = 10, 32
FINAL_EPOCHS = 30
N_FEATURES, NUM_CLASSES = 64, 10


def log_uniform(low, high, rng, size=None):
    u = rng.uniform(np.log10(low), np.log10(high), size)
    x = np.clip(10.0 ** u, low, high)
    if size is None:
        return float(x)
    return x


def axis_values(entry, points):
    kind = entry[0]
    if kind == "choice":
        return list(entry[1])
    low, high = entry[1], entry[2]
    if kind == "log":
        return [float(x) for x in np.geomspace(low, high, points)]
    values = np.linspace(low, high, points)
    if kind == "int":
        return sorted(set(int(round(x)) for x in values))
    return [float(x) for x in values]


def grid(space, points):
    names = list(space)
    lists = [axis_values(space[name], points) for name in names]
    return [dict(zip(names, combo)) for combo in itertools.product(*lists)]


def draw_value(entry, rng):
    kind = entry[0]
    if kind == "log":
        return log_uniform(entry[1], entry[2], rng)
    if kind == "linear":
        return float(rng.uniform(entry[1], entry[2]))
    if kind == "int":
        return int(rng.integers(entry[1], entry[2]))
    options = entry[1]
    return options[int(rng.integers(len(options)))]


def how_many(space):
    total = 1
    for entry in space.values():
        if entry[0] == "choice":
            total *= len(entry[1])
        elif entry[0] == "int":
            total *= entry[2] - entry[1] + 1
        else:
            return float("inf")
    return total


def random_search(space, n, rng):
    wanted = min(n, how_many(space))
    found = []
    while len(found) < wanted:
        candidate = {name: draw_value(entry, rng) for name, entry in space.items()}
        if candidate not in found:
            found.append(candidate)
    return found


def coarse_to_fine(space, trials, factor):
    best, best_score = None, -np.inf
    for config, score in trials:
        if not np.isnan(score) and (best is None or score > best_score):
            best, best_score = config, score
    new_space = {}
    for name, entry in space.items():
        if entry[0] == "choice":
            new_space[name] = entry
        elif entry[0] == "log":
            half = np.log(entry[2] / entry[1]) / (2 * factor)
            centre = np.log(best[name])
            new_space[name] = ("log", float(np.exp(centre - half)), float(np.exp(centre + half)))
        else:
            half = (entry[2] - entry[1]) / (2 * factor)
            low, high = best[name] - half, best[name] + half
            if entry[0] == "int":
                low, high = round(low), round(high)
                if entry[1] >= 1 and low < 1:
                    low = 1
            elif entry[1] >= 0 and low < 0:
                low = 0.0
            new_space[name] = (entry[0], low, high)
    return new_space


def overfit_tiny_batch(build, X, Y, steps):
    small_X, small_Y = X[:8], Y[:8]
    result = tfkit.fit(build(), small_X, small_Y, epochs=steps, batch_size=8, stop_on_nonfinite=False, verbose=0)
    losses = list(map(float, result.history["loss"]))
    if not losses[-1] <= 0.1:
        raise ValueError(f"loss {losses[-1]} after {steps} steps; it should be at most 0.1. Try a larger learning rate, look at labels and loss.")
    return losses


def build_model(hp):
    n_layers = hp.Int("hidden_layers", min_value=1, max_value=3)
    units = hp.Int("units", min_value=16, max_value=128, sampling="log")
    activation = hp.Choice("activation", values=["relu", "tanh", "sigmoid"])
    rate = hp.Float("dropout", min_value=0.0, max_value=0.5)
    lr = hp.Float("learning_rate", min_value=1e-5, max_value=1.0, sampling="log")
    which = hp.Choice("optimizer", values=["sgd", "adam"])
    with hp.conditional_scope("optimizer", ["sgd"]):
        if which == "sgd":
            momentum = hp.Float("momentum", min_value=0.0, max_value=0.9)

    model = keras.Sequential()
    model.add(keras.Input(shape=(N_FEATURES,)))
    for _ in range(n_layers):
        model.add(keras.layers.Dense(units, activation=activation))
        model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(NUM_CLASSES, activation="softmax"))
    if which == "sgd":
        opt = keras.optimizers.SGD(learning_rate=lr, momentum=momentum)
    else:
        opt = keras.optimizers.Adam(learning_rate=lr)
    model.compile(optimizer=opt, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


class DigitsModel(keras_tuner.HyperModel):
    """What a tuner wants to know: how to build a model, and how to train it."""

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
    goal = keras_tuner.Objective("val_accuracy", direction="max")
    kwargs = dict(objective=goal, seed=seed + 1, directory=directory, project_name="search_" + method, overwrite=True)
    if method == "random":
        tuner = keras_tuner.RandomSearch(DigitsModel(), max_trials=max_trials, **kwargs)
    elif method == "grid":
        tuner = keras_tuner.GridSearch(DigitsModel(), max_trials=max_trials, **kwargs)
    elif method == "bayesian":
        tuner = keras_tuner.BayesianOptimization(DigitsModel(), max_trials=max_trials, **kwargs)
    else:
        tuner = keras_tuner.Hyperband(DigitsModel(), max_epochs=EPOCHS, **kwargs)
        tuner.oracle.max_trials = max_trials
    tuner.search(X_train, Y_train, validation_data=(X_val, Y_val), epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0)

    def clean(values):
        return {name: value for name, value in values.items() if not name.startswith("tuner/")}

    trials = []
    for tid in tuner.oracle.start_order:
        trial = tuner.oracle.get_trial(tid)
        entry = {"trial_id": tid, "val_accuracy": float(trial.score)}
        entry.update(clean(trial.hyperparameters.values))
        trials.append(entry)
    best = clean(tuner.get_best_hyperparameters(1)[0].values)
    return {"best": best, "trials": trials}


def final_model(best, X, Y, seed):
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    net = build_model(hp)
    net.fit(X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return net
