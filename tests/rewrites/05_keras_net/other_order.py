"""Questions last to first, the six layers as the root of all networks, own training by train_on_batch."""

import keras
import numpy as np


def train_digits(train, validation, units, learning_rate, epochs, seed):
    keras.utils.set_random_seed(seed)
    inputs, targets = prepare(images=train[0], labels=train[1], k=10)
    model = build_deep_model(inputs.shape[-1], units, 10, "relu")
    model.layers[-1].activation = keras.activations.softmax
    layer, loss = output_layer("multi-class", 10)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=learning_rate), loss=loss)
    keep_best(model, inputs, targets, *prepare(*validation, 10), epochs=epochs, batch_size=32)
    return model


def keep_best(model, X, Y, X_val, Y_val, epochs, batch_size):
    history = {"loss": [], "val_loss": []}
    snapshots = []
    for _ in range(epochs):
        order = np.random.permutation(len(X))
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            model.reset_metrics()
            loss = model.train_on_batch(X[rows], Y[rows])
            total += float(np.ravel(loss)[0]) * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(float(np.ravel(model.evaluate(X_val, Y_val, verbose=0))[0]))
        snapshots.append(model.get_weights())
    model.set_weights(snapshots[best_epoch(history) - 1])
    return history


def best_epoch(history):
    losses = [float("inf") if np.isnan(loss) else loss for loss in history["val_loss"]]
    return losses.index(min(losses)) + 1


def prepare(images, labels, k):
    Y = np.identity(k, "float32")[labels]
    X = np.float32(images.reshape(len(images), images.shape[1] * images.shape[2]))
    X = X / 255
    return X, Y


def output_layer(task, k):
    losses = {
        "multi-label": "binary_crossentropy",
        "multi-class": "categorical_crossentropy",
        "binary": "binary_crossentropy",
        "regression": "mean_squared_error",
    }
    if losses.get(task) is None:
        raise ValueError(f"{task} has no output layer")
    activation = "softmax" if task == "multi-class" else "linear" if task == "regression" else "sigmoid"
    return keras.layers.Dense(k, activation=activation), losses[task]


def build_deep_model(n, units, k, activation="sigmoid"):
    model = keras.Sequential([keras.layers.Dense(u, activation=activation) for u in units] + [keras.layers.Dense(k)])
    model.build(input_shape=(None, n))
    return model


def equal_rates(learning_rate, batch_size, k):
    return {"tape": learning_rate / (batch_size / k), "keras": learning_rate / (1 / k)}


def compile_model(model, learning_rate):
    model.compile(loss=keras_sum, optimizer=keras.optimizers.SGD(learning_rate=learning_rate))


def keras_sum(Y, Y_hat):
    return keras.ops.sum((Y - Y_hat) * (Y - Y_hat), axis=1)


def copy_params(model, params):
    model.layers[1].bias.assign(params["b2"].ravel())
    model.layers[0].bias.assign(params["b1"].ravel())
    model.layers[1].kernel.assign(params["W2"])
    model.layers[0].kernel.assign(params["W1"])


def build_model(n, h, k):
    return build_deep_model(n, [h], k)
