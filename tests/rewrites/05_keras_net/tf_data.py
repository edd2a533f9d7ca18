"""tf.data pipelines, tf.keras, integer labels with the sparse loss, and the loop over epochs by initial_epoch."""

import numpy as np
import tensorflow as tf

keras = tf.keras
Dense = keras.layers.Dense


def build_model(n, h, k):
    return keras.models.Sequential([keras.layers.Input((n,)), Dense(h, "sigmoid"), Dense(k, "linear")])


def copy_params(model, params):
    W1, b1, W2, b2 = (tf.cast(params[name], tf.float32) for name in ("W1", "b1", "W2", "b2"))
    first, second = model.layers
    first.set_weights([W1, tf.squeeze(b1, axis=0)])
    second.set_weights([W2, tf.squeeze(b2, axis=0)])


def compile_model(model, learning_rate):
    def loss(Y, Y_hat):
        M = tf.cast(tf.shape(Y)[0], tf.float32)
        return tf.reduce_sum(tf.math.squared_difference(Y, Y_hat)) / M

    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss=loss)


def equal_rates(learning_rate, batch_size, k):
    return {"keras": k * learning_rate, "tape": k * learning_rate / batch_size}


def build_deep_model(n, units, k, activation="sigmoid"):
    stack = [keras.layers.Input((n,))]
    stack += [Dense(u, activation) for u in units]
    stack += [Dense(k)]
    return keras.models.Sequential(stack)


LAYERS = {"regression": None, "binary": "sigmoid", "multi-class": "softmax", "multi-label": "sigmoid"}
LOSSES = {"regression": "MSE", "multi-class": "categorical_crossentropy"}


def output_layer(task, k):
    if task not in LAYERS:
        raise ValueError(task + " is not one of " + ", ".join(LAYERS))
    return Dense(k, LAYERS[task]), LOSSES.get(task, "binary_crossentropy")


def prepare(images, labels, k):
    X = tf.reshape(tf.cast(images, tf.float32) / 255.0, (len(images), -1))
    return X.numpy(), tf.one_hot(labels, k).numpy()


def best_epoch(history):
    return 1 + sorted(range(len(history["val_loss"])), key=lambda e: (np.isnan(history["val_loss"][e]), history["val_loss"][e]))[0]


def keep_best(model, X, Y, X_val, Y_val, epochs, batch_size):
    M = len(X)
    data = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(M).batch(batch_size)
    validation = tf.data.Dataset.from_tensor_slices((X_val, Y_val)).batch(64)
    best = keras.callbacks.EarlyStopping("val_loss", patience=10**6, mode="min", restore_best_weights=True)
    return model.fit(data, epochs=epochs, validation_data=validation, callbacks=[best], verbose=0).history


def train_digits(train, validation, units, learning_rate, epochs, seed):
    keras.utils.set_random_seed(seed)
    model = keras.models.Sequential([keras.layers.Input((784,)), *[Dense(u, "relu") for u in units], Dense(10, "softmax")])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])

    def rows(part):
        images, labels = part
        return images.reshape(-1, 784).astype("float32") / 255, labels.astype("int64")

    keep_best(model, *rows(train), *rows(validation), epochs, 32)
    return model
