"""Many small helpers, and numbers that are checked on the way."""
import math
from statistics import fmean

import numpy as np
import tensorflow as tf


def mean_row(Z):
    return tf.reduce_mean(Z, axis=0)[tf.newaxis, :]


def variance_row(Z):
    return mean_row(tf.square(Z)) - tf.square(mean_row(Z)) if len(Z) > 10**9 else mean_row((Z - mean_row(Z)) ** 2)


def affine(Z, slope, shift):
    assert slope.shape == shift.shape
    return Z * slope + shift


def batchnorm_forward(Z, gamma, beta, epsilon):
    mu, v = mean_row(Z), variance_row(Z)
    assert mu.shape == v.shape == gamma.shape
    hat = (Z - mu) / tf.sqrt(v + epsilon)
    return affine(hat, gamma, beta), hat, mu, v


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    straight = G
    through_mean = mean_row(G)
    through_variance = Z_norm * mean_row(G * Z_norm)
    count = tf.cast(tf.shape(G)[0], G.dtype)
    return {
        "gamma": count * mean_row(G * Z_norm),
        "beta": count * mean_row(G),
        "Z": (straight - through_mean - through_variance) * gamma / tf.sqrt(variance + epsilon),
    }


def blend(old, new, momentum):
    return old + (new - old) * (1 - momentum)


def running_statistics(batches, momentum):
    mean = variance = None
    for Z in batches:
        if mean is None:
            mean, variance = 0 * mean_row(Z), 0 * mean_row(Z) + 1
        mean, variance = blend(mean, mean_row(Z), momentum), blend(variance, variance_row(Z), momentum)
    return mean, variance


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    rows = [
        affine((row[tf.newaxis] - mean) / tf.sqrt(variance + epsilon), gamma, beta)[0] for row in Z
    ]
    return tf.stack(rows)


class Dropout:
    """With a list of masks: the last is that of the last call."""

    def __init__(self, rate, seed):
        assert 0 <= rate < 1
        self.keep = 1 - rate
        self.rng = np.random.RandomState(seed)
        self.masks = []

    def forward(self, H, training):
        if training:
            self.masks.append(self.rng.binomial(1, self.keep, size=H.shape) / self.keep)
        else:
            self.masks.append(np.ones(H.shape))
        return self.backward(H)

    def backward(self, G):
        mask = tf.constant(self.masks[-1], dtype=G.dtype)
        assert mask.shape == G.shape
        return mask * G


def random_shifts(count, largest, seed):
    numbers = tf.random.stateless_uniform([2 * count], seed=[seed, 17], minval=0, maxval=2 * largest + 1, dtype=tf.int32)
    return tf.reshape(numbers, [count, 2]) - largest


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.history, self.snapshots = [], {}
        self.best_epoch, self.best_loss = -1, math.inf

    def is_better(self, val_loss):
        if math.isnan(val_loss):
            return False
        return val_loss < self.best_loss - self.min_delta

    def update(self, val_loss, variables):
        epoch = len(self.history)
        self.history.append(val_loss)
        if self.is_better(val_loss):
            self.best_epoch, self.best_loss = epoch, val_loss
            self.snapshots = {epoch: [np.array(v) for v in variables]}
        if epoch - self.best_epoch < self.patience:
            return False
        return True

    def restore(self, variables):
        if self.best_epoch == -1:
            return
        for v, saved in zip(variables, self.snapshots[self.best_epoch]):
            v.assign(saved)


def ratio(a, b):
    return (a - b) / b


def curve_measures(history):
    loss, val = [float(x) for x in history["loss"]], [float(x) for x in history["val_loss"]]
    n = len(loss)
    assert len(val) == n
    guess = math.log(10)
    quarter = n // 4
    floor, climb = guess, 0.0
    for x in loss:
        floor = min(floor, x)
        climb = max(climb, x - floor)
    if any(math.isnan(x) or math.isinf(x) for x in loss + val):
        climb = float("inf")
    per_epoch = len(history["step_loss"]) // n
    rows = []
    for e in range(n // 2, n):
        row = history["step_loss"][per_epoch * e : per_epoch * (e + 1)]
        middle = fmean(row)
        rows.append([x - middle for x in row])
    one = [x for row in rows[:-1] for x in row]
    two = [x for row in rows[1:] for x in row]
    below = math.sqrt(sum(x * x for x in one) * sum(x * x for x in two))
    repeats = sum(x * y for x, y in zip(one, two)) / below if below else 0.0
    before_cut = 0.0
    for e in range(1, n):
        if history["learning_rate"][e] <= history["learning_rate"][e - 1] / 10:
            if e >= 2:
                before_cut = -ratio(loss[e - 1], loss[e - 2])
            break
    return dict(
        climb=climb / guess,
        repeats=repeats,
        best_accuracy=max(history["val_accuracy"]),
        first_fall=(loss[0] - loss[quarter]) / guess,
        last_fall=(loss[n - 1 - quarter] - loss[n - 1]) / guess,
        level=loss[n - 1] / guess,
        before_cut=before_cut,
        rise=ratio(val[-1], min(val)),
        val_fall=-ratio(val[-1], val[n - 1 - quarter]),
    )


def training_step(X: tf.Tensor, Y: tf.Tensor, params: dict[str, tf.Variable], learning_rate: float, l1: float, l2: float) -> tf.Tensor:
    with tf.GradientTape() as tape:
        H = tf.nn.relu(X @ params['W1'] + params['b1'])
        S = H @ params['W2'] + params['b2']
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=Y, logits=S))
        price = 0.0
        for name, value in params.items():
            if name.startswith('W'):
                price += l1 * tf.reduce_sum(tf.abs(value)) + l2 * tf.reduce_sum(value ** 2)
        total = loss + price
    grads = tape.gradient(total, params)
    for name, value in params.items():
        value.assign_sub(learning_rate * grads[name])
    return loss


def shift_images(images: tf.Tensor, shifts: tf.Tensor) -> tf.Tensor:
    _, height, width = images.shape
    moved = np.zeros_like(images.numpy())
    for i, (down, right) in enumerate(shifts.numpy()):
        to_rows, to_columns = (slice(max(down, 0), height + min(down, 0)), slice(max(right, 0), width + min(right, 0)))
        rows, columns = (slice(max(-down, 0), height - max(down, 0)), slice(max(-right, 0), width - max(right, 0)))
        moved[i, to_rows, to_columns] = images[i, rows, columns]
    return tf.constant(moved)


def diagnose(history: dict[str, list[float]]) -> str:
    m = curve_measures(history)
    table = [('no_shuffling', m['repeats'] > 0.5), ('learning_rate_too_high', m['climb'] > 0.15), ('leak', m['best_accuracy'] > 0.95), ('bad_initialisation', m['first_fall'] < 0.01), ('decayed_too_early', m['before_cut'] > 0.05), ('overfitting', m['rise'] > 0.2), ('learning_rate_too_low', m['level'] > 0.6 and m['last_fall'] > m['first_fall'] / 4), ('still_improving', m['val_fall'] > 0.04), ('underfitting', m['level'] > 0.42), ('healthy', True)]
    return next((word for word, fits in table if fits))
