"""The result is read from the trial.json files."""

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


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    import glob
    import json

    keras.utils.set_random_seed(seed)
    make = {
        "random": lambda **o: keras_tuner.RandomSearch(max_trials=max_trials, **o),
        "grid": lambda **o: keras_tuner.GridSearch(max_trials=max_trials, **o),
        "bayesian": lambda **o: keras_tuner.BayesianOptimization(max_trials=max_trials, num_initial_points=2, **o),
        "hyperband": lambda **o: keras_tuner.Hyperband(max_epochs=EPOCHS, factor=3, **o),
    }[method]
    tuner = make(
        hypermodel=build_model,
        objective="val_accuracy",  # a name that keras-tuner knows: it maximises
        directory=directory,
        project_name="digits",
        overwrite=True,
        seed=seed or None,
    )
    tuner.oracle.max_trials = max_trials
    data = {"x": X_train, "y": Y_train, "validation_data": (X_val, Y_val)}
    tuner.search(**data, epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    rows = []
    for name in sorted(glob.glob(f"{directory}/digits/trial_*/trial.json")):
        with open(name) as file:
            record = json.load(file)
        values = {k: v for k, v in record["hyperparameters"]["values"].items() if not k.startswith("tuner/")}
        rows.append({"trial_id": record["trial_id"], "val_accuracy": record["score"], **values})
    ranked = sorted(rows, key=lambda row: -row["val_accuracy"])
    return {"best": {k: v for k, v in ranked[0].items() if k not in {"trial_id", "val_accuracy"}}, "trials": rows}


def final_model(best, X, Y, seed) -> keras.Model:
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return model
