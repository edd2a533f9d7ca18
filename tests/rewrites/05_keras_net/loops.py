"""Everything spelled out with loops."""

import math

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def build_model(n, h, k):
    model = keras.Sequential()
    model.add(keras.Input(shape=(n,)))
    model.add(layers.Dense(units=h, activation="sigmoid", use_bias=True))
    model.add(layers.Dense(units=k, use_bias=True))
    return model


def copy_params(model, params):
    new = []
    for name in ("W1", "b1", "W2", "b2"):
        value = np.array(params[name])
        if name[0] == "b":
            value = value[0, :]
        new.append(value)
    model.set_weights(new)


def compile_model(model, learning_rate):
    def loss(y_true, y_pred):
        total = 0.0
        for j in range(model.output_shape[1]):
            total = total + (y_pred[:, j] - y_true[:, j]) ** 2
        return total

    model.compile(loss=loss, optimizer=keras.optimizers.SGD(learning_rate))


def equal_rates(learning_rate, batch_size, k):
    rates = {}
    rates["keras"] = learning_rate * k
    rates["tape"] = rates["keras"] / batch_size
    return rates


def build_deep_model(n, units, k, activation="sigmoid"):
    model = keras.Sequential()
    inputs = n
    for i in range(len(units)):
        layer = layers.Dense(units[i], activation=activation)
        layer.build((None, inputs))
        model.add(layer)
        inputs = units[i]
    output = layers.Dense(k)
    model.add(output)
    model.build((None, n))
    return model


def output_layer(task, k):
    if task == "regression":
        layer = layers.Dense(k, activation=None)
        loss = "mse"
    elif task == "binary":
        layer = layers.Dense(1, activation="sigmoid")
        loss = "binary_crossentropy"
    elif task == "multi-class":
        layer = layers.Dense(k, activation="softmax")
        loss = "categorical_crossentropy"
    elif task == "multi-label":
        layer = layers.Dense(k, activation="sigmoid")
        loss = "binary_crossentropy"
    else:
        raise ValueError("task must be regression, binary, multi-class or multi-label")
    return layer, loss


def prepare(images, labels, k):
    M, height, width = images.shape
    X = np.zeros((M, height * width), np.float32)
    Y = np.zeros((M, k), np.float32)
    for i in range(M):
        for row in range(height):
            for column in range(width):
                X[i, row * width + column] = images[i, row, column] / 255
        Y[i, labels[i]] = 1.0
    return X, Y


def best_epoch(history):
    best, lowest = None, math.inf
    for i in range(len(history["val_loss"])):
        if history["val_loss"][i] < lowest:
            lowest = history["val_loss"][i]
            best = i
    return best + 1


def keep_best(model, X, Y, X_val, Y_val, epochs, batch_size):
    history = {}
    best_loss, best_weights = math.inf, None
    for epoch in range(epochs):
        one = model.fit(X, Y, epochs=1, batch_size=batch_size, validation_data=(X_val, Y_val), verbose=0)
        for name, values in one.history.items():
            history.setdefault(name, []).append(values[0])
        if history["val_loss"][-1] < best_loss:
            best_loss = history["val_loss"][-1]
            best_weights = [np.array(w) for w in model.get_weights()]
    if best_weights is not None:
        model.set_weights(best_weights)
    return history


def train_digits(train, validation, units, learning_rate, epochs, seed):
    tf.keras.utils.set_random_seed(seed)
    X, Y = prepare(train[0], train[1], 10)
    X_val, Y_val = prepare(validation[0], validation[1], 10)
    model = keras.Sequential()
    model.add(keras.Input(shape=(28 * 28,)))
    for width in units:
        model.add(layers.Dense(width, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=learning_rate))
    keep_best(model, X, Y, X_val, Y_val, epochs, 32)
    return model
