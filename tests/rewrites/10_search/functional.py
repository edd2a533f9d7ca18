"""Keras's functional way, plain loops, a folder for each search, and training with `model.fit`."""

import math
import tempfile

import keras
import keras_tuner as kt
import numpy as np
from keras import layers

EPOCHS, BATCH_SIZE = 10, 32
FINAL_EPOCHS = 30
N_FEATURES, NUM_CLASSES = 64, 10


def log_uniform(low, high, rng, size=None):
    return low * (high / low) ** rng.random(size)


def grid(space, points):
    configurations = [{}]
    for name, entry in space.items():
        if entry[0] == "choice":
            values = entry[1]
        else:
            low, high = entry[1:]
            steps = [i / (points - 1) for i in range(points)]
            if entry[0] == "log":
                values = [low * (high / low) ** step for step in steps]
            else:
                values = [low + (high - low) * step for step in steps]
            if entry[0] == "int":
                values = list(dict.fromkeys(int(np.rint(value)) for value in values))
        longer = []
        for configuration in configurations:
            for value in values:
                longer.append({**configuration, name: value})
        configurations = longer
    return configurations


def draw(entry, rng):
    match entry:
        case ("log", low, high):
            return float(log_uniform(low, high, rng))
        case ("linear", low, high):
            return low + (high - low) * float(rng.random())
        case ("int", low, high):
            return low + math.floor(rng.random() * (high - low + 1))
        case ("choice", values):
            return values[math.floor(rng.random() * len(values))]


def random_search(space, n, rng):
    size = 1
    for kind, *rest in space.values():
        if kind == "choice":
            size *= len({repr(value) for value in rest[0]})
        elif kind == "int":
            size *= rest[1] - rest[0] + 1
        elif rest[0] != rest[1]:
            size = math.inf
    found = {}
    while len(found) < min(n, size):
        configuration = {name: draw(entry, rng) for name, entry in space.items()}
        found.setdefault(repr(configuration), configuration)
    return list(found.values())


def coarse_to_fine(space, trials, factor):
    best, best_score = None, -math.inf
    for configuration, score in trials:
        if not math.isnan(score) and (best is None or score > best_score):
            best, best_score = configuration, score
    narrower = {}
    for name, entry in space.items():
        if entry[0] == "choice":
            narrower[name] = entry
            continue
        kind, low, high = entry
        if kind == "log":
            half = (math.log(high) - math.log(low)) / (2 * factor)
            middle = math.log(best[name])
            narrower[name] = ("log", math.exp(middle - half), math.exp(middle + half))
        else:
            half = (high - low) / (2 * factor)
            new_low, new_high = best[name] - half, best[name] + half
            if kind == "int":
                new_low, new_high = int(np.rint(new_low)), int(np.rint(new_high))
                if low >= 1 and new_low < 1:
                    new_low = 1
            elif low >= 0 and new_low < 0:
                new_low = 0.0
            narrower[name] = (kind, new_low, new_high)
    return narrower


def overfit_tiny_batch(build, X, Y, steps):
    model = build()
    losses = []
    for _ in range(steps):
        result = model.train_on_batch(X[:8], Y[:8], return_dict=True)
        model.reset_metrics()
        losses.append(float(result["loss"]))
    if math.isnan(losses[-1]) or losses[-1] > 0.1:
        raise ValueError(
            f"The last loss is {losses[-1]:.4f}. Try a smaller or larger learning rate, or look at the labels."
        )
    return losses


def build_model(hp):
    optimizer = hp.Choice("optimizer", ["sgd", "adam"])
    with hp.conditional_scope("optimizer", ["sgd"]):
        momentum = hp.Float("momentum", min_value=0.0, max_value=0.9)
    rate = hp.Float("learning_rate", min_value=1e-5, max_value=1.0, sampling="log")
    units = hp.Int("units", min_value=16, max_value=128, sampling="log")
    activation = hp.Choice("activation", values=["relu", "tanh", "sigmoid"])
    dropout = hp.Float("dropout", min_value=0.0, max_value=0.5)

    inputs = x = keras.Input(shape=(N_FEATURES,))
    for _ in range(hp.Int("hidden_layers", min_value=1, max_value=3)):
        x = layers.Dense(units)(x)
        x = layers.Activation(activation)(x)
        x = layers.Dropout(dropout)(x)
    outputs = layers.Dense(NUM_CLASSES, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    if optimizer == "sgd":
        chosen = keras.optimizers.SGD(learning_rate=rate, momentum=momentum)
    else:
        chosen = keras.optimizers.Adam(learning_rate=rate)
    model.compile(optimizer=chosen, loss=keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
    return model


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    keras.utils.set_random_seed(seed)
    settings = {
        "objective": kt.Objective("val_accuracy", direction="max"),
        "seed": 1000 + seed,
        "directory": tempfile.mkdtemp(dir=directory) if __import__("os").path.isdir(directory) else directory,
        "project_name": method,
        "overwrite": True,
    }
    arguments = {"batch_size": BATCH_SIZE, "validation_data": (X_val, Y_val), "verbose": 0}
    if method == "hyperband":
        tuner = kt.Hyperband(build_model, max_epochs=EPOCHS, **settings)
        tuner.oracle.max_trials = max_trials
    else:
        tuners = {"random": kt.RandomSearch, "grid": kt.GridSearch, "bayesian": kt.BayesianOptimization}
        tuner = tuners[method](build_model, max_trials=max_trials, **settings)
        arguments["epochs"] = EPOCHS
    tuner.search(X_train, Y_train, **arguments)

    trials = []
    for trial_id in tuner.oracle.start_order:
        trial = tuner.oracle.get_trial(trial_id)
        row = {"trial_id": trial_id, "val_accuracy": float(trial.score)}
        for name, value in trial.hyperparameters.values.items():
            if "/" not in name:
                row[name] = value
        trials.append(row)
    winner = max(trials, key=lambda row: row["val_accuracy"])
    return {"best": {k: v for k, v in winner.items() if k not in ("trial_id", "val_accuracy")}, "trials": trials}


def final_model(best, X, Y, seed):
    keras.utils.set_random_seed(seed)
    hp = kt.HyperParameters()
    for name, value in best.items():
        hp.Fixed(name, value)
    model = build_model(hp)
    model.fit(X, Y, batch_size=BATCH_SIZE, epochs=FINAL_EPOCHS, verbose=0)
    return model


def environments(workers, port):
    processes = []
    for number in range(workers + 1):
        processes.append(
            {
                "KERASTUNER_TUNER_ID": "chief" if number == 0 else str(number),
                "KERASTUNER_ORACLE_IP": "127.0.0.1",
                "KERASTUNER_ORACLE_PORT": f"{port}",
            }
        )
    return processes
