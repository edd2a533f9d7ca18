"""Functions of Keras wherever there is one, and one function for both kinds of normalization."""
import math

import keras
import numpy as np
import tensorflow as tf
from keras import ops


def training_step(X, Y, params, learning_rate, l1, l2):
    price = keras.regularizers.L1L2(l1, l2)
    crossentropy = keras.losses.CategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate)
    names = ["W1", "b1", "W2", "b2"]
    with tf.GradientTape() as tape:
        scores = ops.matmul(ops.relu(ops.matmul(X, params["W1"]) + params["b1"]), params["W2"]) + params["b2"]
        data = tf.reduce_mean(keras.losses.categorical_crossentropy(Y, scores, from_logits=True))
        total = data + price(params["W1"]) + price(params["W2"])
    gradients = tape.gradient(total, [params[name] for name in names])
    for name, gradient in zip(names, gradients):
        params[name].assign(params[name] - learning_rate * gradient)
    return data


class Dropout:
    def __init__(self, rate, seed):
        self.rate = rate
        self.seeds = keras.random.SeedGenerator(seed)
        self.kept = None

    def forward(self, H, training):
        self.kept = None
        if not training:
            return H
        self.kept = ops.cast(keras.random.uniform(H.shape, dtype="float32", seed=self.seeds) > self.rate, H.dtype)
        return H * self.kept * (1 / (1 - self.rate))

    def backward(self, G):
        return G if self.kept is None else G * self.kept / (1 - self.rate)


def normalize(Z, mean, variance, epsilon):
    return (Z - mean) * tf.math.rsqrt(variance + epsilon)


def batchnorm_forward(Z, gamma, beta, epsilon):
    mean, variance = tf.nn.moments(Z, axes=[0], keepdims=True)
    Z_norm = normalize(Z, mean, variance, epsilon)
    return [beta + gamma * Z_norm, Z_norm, mean, variance]


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    d_norm = G * gamma
    centred = d_norm - ops.mean(d_norm, axis=0, keepdims=True)
    along = Z_norm * ops.mean(d_norm * Z_norm, axis=0, keepdims=True)
    return {
        "beta": ops.sum(G, axis=0, keepdims=True),
        "gamma": ops.sum(G * Z_norm, axis=0, keepdims=True),
        "Z": (centred - along) / ops.sqrt(variance + epsilon),
    }


def running_statistics(batches, momentum):
    mean, variance = ops.zeros_like(batches[0][0]), ops.ones_like(batches[0][0])
    for Z in batches:
        now = tf.nn.moments(Z, axes=[0])
        mean = mean * momentum + now[0] * (1 - momentum)
        variance = variance * momentum + now[1] * (1 - momentum)
    return mean[None], variance[None]


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    return beta + gamma * normalize(Z, mean, variance, epsilon)


def random_shifts(count, largest, seed):
    generator = tf.random.Generator.from_seed(seed)
    return generator.uniform((count, 2), minval=-largest, maxval=largest + 1, dtype=tf.int32)


def shift_images(images, shifts):
    height, width = images.shape[1], images.shape[2]
    rows = tf.range(height)[None, :] - shifts[:, :1]
    columns = tf.range(width)[None, :] - shifts[:, 1:]
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    moved = tf.gather(images, tf.clip_by_value(rows, 0, height - 1), axis=1, batch_dims=1)
    moved = tf.gather(moved, tf.clip_by_value(columns, 0, width - 1), axis=2, batch_dims=1)
    return tf.where(inside, moved, tf.zeros_like(moved))


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = float("inf")
        self.best_epoch = -1
        self.best_weights = None
        self.wait = 0
        self.epoch = -1

    def update(self, val_loss, variables):
        self.epoch += 1
        self.wait += 1
        if ops.less(val_loss, self.best_loss - self.min_delta):
            self.wait = 0
            self.best_loss = val_loss
            self.best_epoch = self.epoch
            self.best_weights = [ops.convert_to_numpy(variable) + 0 for variable in variables]
        return self.wait >= self.patience

    def restore(self, variables):
        if self.best_weights:
            for variable, weights in zip(variables, self.best_weights):
                variable.assign(weights)


def curve_measures(history: dict[str, list[float]]) -> dict[str, float]:
    loss, val_loss = (np.array(history['loss']), np.array(history['val_loss']))
    rates = history['learning_rate']
    n, guess = (len(loss), math.log(10))
    quarter = n // 4
    late = n - 1 - quarter
    steps = np.array(history['step_loss']).reshape(n, -1)[n // 2:]
    steps = steps - steps.mean(axis=1, keepdims=True)
    lowest, climb = (guess, 0.0)
    for value in loss:
        climb = max(climb, (value - lowest) / guess)
        lowest = min(lowest, value)
    if not (np.isfinite(loss).all() and np.isfinite(val_loss).all()):
        climb = math.inf
    before_cut = 0.0
    for epoch in range(1, n):
        if rates[epoch] <= rates[epoch - 1] / 10 * (1 + 1e-09):
            if epoch > 1:
                before_cut = (loss[epoch - 2] - loss[epoch - 1]) / loss[epoch - 2]
            break
    return {'climb': climb, 'repeats': np.corrcoef(steps[:-1].ravel(), steps[1:].ravel())[0, 1], 'best_accuracy': max(history['val_accuracy']), 'first_fall': (loss[0] - loss[quarter]) / guess, 'last_fall': (loss[late] - loss[-1]) / guess, 'level': loss[-1] / guess, 'before_cut': before_cut, 'rise': val_loss[-1] / val_loss.min() - 1, 'val_fall': 1 - val_loss[-1] / val_loss[late]}


def diagnose(history: dict[str, list[float]]) -> str:
    m = curve_measures(history)
    table = [('no_shuffling', m['repeats'] > 0.5), ('learning_rate_too_high', m['climb'] > 0.15), ('leak', m['best_accuracy'] > 0.95), ('bad_initialisation', m['first_fall'] < 0.01), ('decayed_too_early', m['before_cut'] > 0.05), ('overfitting', m['rise'] > 0.2), ('learning_rate_too_low', m['level'] > 0.6 and m['last_fall'] > m['first_fall'] / 4), ('still_improving', m['val_fall'] > 0.04), ('underfitting', m['level'] > 0.42), ('healthy', True)]
    return next((word for word, fits in table if fits))
