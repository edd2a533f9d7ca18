"""Layers are called on one another, and the Sequential is made of what came out; NumPy where it will do."""

import keras
import numpy as np


def network(n, widths, activations):
    layers = [keras.layers.Dense(width, activation=name) for width, name in zip(widths, activations)]
    value = keras.Input(shape=(n,))
    for layer in layers:
        value = layer(value)
    return keras.Sequential([keras.Input(shape=(n,))] + layers)


def build_model(n, h, k):
    return network(n, [h, k], ["sigmoid", "linear"])


def copy_params(model, params):
    for layer, number in zip(model.layers, "12"):
        layer.set_weights([np.float32(params["W" + number]), np.float32(params["b" + number]).reshape(-1)])


def compile_model(model, learning_rate):
    k = model.output_shape[-1]
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=learning_rate, momentum=0.0),
        loss=lambda Y, Y_hat: k * keras.losses.mean_squared_error(Y, Y_hat),
    )


def equal_rates(learning_rate, batch_size, k):
    gradients = {"tape": batch_size / k, "keras": 1 / k}
    return {program: learning_rate / gradient for program, gradient in gradients.items()}


def build_deep_model(n, units, k, activation="sigmoid"):
    return network(n, [*units, k], [activation] * len(units) + ["linear"])


def output_layer(task, k):
    match = {
        "regression": lambda: (keras.layers.Dense(k), keras.losses.MeanSquaredError()),
        "binary": lambda: (keras.layers.Dense(k, keras.activations.sigmoid), keras.losses.BinaryCrossentropy()),
        "multi-class": lambda: (keras.layers.Dense(k, keras.activations.softmax), keras.losses.CategoricalCrossentropy()),
        "multi-label": lambda: (keras.layers.Dense(k, keras.activations.sigmoid), keras.losses.BinaryCrossentropy()),
    }.get(task)
    if match is None:
        raise ValueError("no such task: " + task)
    return match()


def prepare(images, labels, k):
    X = np.stack([image.flatten() for image in images]).astype("float32") / np.float32(255)
    return X, keras.utils.to_categorical(labels, num_classes=k).astype("float32")


def best_epoch(history):
    pairs = [(loss, number) for number, loss in enumerate(history["val_loss"], start=1) if loss == loss]
    return min(pairs)[1]


def keep_best(model, X, Y, X_val, Y_val, epochs, batch_size):
    callback = keras.callbacks.ModelCheckpoint("best.weights.h5", save_best_only=True, save_weights_only=True)
    history = model.fit(
        X,
        Y,
        batch_size,
        epochs,
        verbose=0,
        callbacks=[callback],
        validation_data=(X_val, Y_val),
    )
    model.load_weights("best.weights.h5")
    return history.history


def train_digits(train, validation, units, learning_rate, epochs, seed):
    keras.utils.set_random_seed(seed)
    model = network(784, [*units, 10], ["relu"] * len(units) + ["softmax"])
    model.compile(keras.optimizers.SGD(learning_rate), "categorical_crossentropy", metrics=["accuracy"])
    keep_best(model, *prepare(*train, 10), *prepare(*validation, 10), epochs, 32)
    return model
