"""All of it written another way at once."""

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
    exponents = np.log10(low) + rng.random(size) * (np.log10(high) - np.log10(low))
    return np.minimum(np.maximum(np.power(10.0, exponents), low), high)


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
    model = build()
    losses = []
    for _ in range(steps):
        found = model.train_on_batch(X[:8], Y[:8])
        losses.append(float(found[0] if isinstance(found, (list, tuple)) else found))
        model.reset_metrics()
    if math.isnan(losses[-1]) or losses[-1] > 0.1:
        raise ValueError(f"8 examples are not learned by heart: loss {losses[-1]:.3f}. Try a learning rate 10 times larger or smaller.")
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


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    from pathlib import Path

    Path(directory).mkdir(parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(dir=directory)
    keras.utils.set_random_seed(seed)
    objective = keras_tuner.Objective(direction="max", name="val_accuracy")
    if method == "random":
        tuner = keras_tuner.RandomSearch(build_model, objective=objective, max_trials=max_trials, seed=1000 + seed, directory=folder)
    elif method == "grid":
        tuner = keras_tuner.GridSearch(build_model, objective=objective, max_trials=max_trials, seed=1000 + seed, directory=folder)
    elif method == "bayesian":
        tuner = keras_tuner.BayesianOptimization(build_model, objective=objective, max_trials=max_trials, seed=1000 + seed, directory=folder)
    else:
        tuner = keras_tuner.Hyperband(build_model, objective=objective, max_epochs=EPOCHS, seed=1000 + seed, directory=folder)
        tuner.oracle.max_trials = max_trials
    tuner.search(X_train, Y_train, batch_size=BATCH_SIZE, epochs=EPOCHS, validation_data=(X_val, Y_val), verbose=0)
    rows = []
    for trial in tuner.oracle.trials.values():
        values = {k: v for k, v in trial.hyperparameters.values.items() if "tuner/" not in k}
        rows.append({"trial_id": trial.trial_id, "val_accuracy": float(trial.score), **values})
    winner = max(rows, key=lambda row: row["val_accuracy"])
    return {"best": {k: v for k, v in winner.items() if k not in ("trial_id", "val_accuracy")}, "trials": rows}


def final_model(best, X, Y, seed):
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters.from_config({"space": [], "values": dict(best)})
    model = build_model(hp)
    dataset = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(len(X), seed=seed).batch(BATCH_SIZE)
    loss_of = keras.losses.CategoricalCrossentropy()

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        model.optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    for _ in range(FINAL_EPOCHS):
        for x, y in dataset:
            step(x, y)
    return model
