"""A layer, a curve and a watcher as classes; the functions only call them."""
from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import tensorflow as tf


@dataclass
class Network:
    params: dict

    @property
    def weights(self):
        return [value for name, value in self.params.items() if name[0] == "W"]

    def scores(self, X):
        H = tf.maximum(tf.matmul(X, self.params["W1"]) + self.params["b1"], 0)
        return tf.matmul(H, self.params["W2"]) + self.params["b2"]

    def loss(self, X, Y):
        return -tf.reduce_mean(tf.reduce_sum(Y * tf.nn.log_softmax(self.scores(X)), axis=1))

    def price(self, l1, l2):
        return tf.add_n([l1 * tf.norm(W, 1) + 2 * l2 * tf.nn.l2_loss(W) for W in self.weights])


def training_step(X, Y, params, learning_rate, l1, l2):
    network = Network(params)
    variables = [params[name] for name in sorted(params)]
    # two tapes: the price is differentiated by itself
    with tf.GradientTape() as of_loss:
        loss = network.loss(X, Y)
    with tf.GradientTape() as of_price:
        price = network.price(l1, l2)
    slopes = of_loss.gradient(loss, variables)
    pulls = of_price.gradient(price, variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    for variable, slope, pull in zip(variables, slopes, pulls):
        variable.assign_sub(learning_rate * (slope + tf.where(tf.math.is_nan(pull), tf.zeros_like(pull), pull)))
    return loss


class Dropout:
    def __init__(self, rate, seed):
        self.rate, self.seed, self.step = rate, seed, 0

    def draw(self, H):
        self.step += 1
        return tf.random.stateless_uniform(tf.shape(H), [self.seed, self.step], dtype=H.dtype)

    def forward(self, H, training):
        self.factor = tf.where(self.draw(H) < self.rate, 0.0, 1 / (1 - self.rate)) if training else tf.ones(())
        self.factor = tf.cast(self.factor, H.dtype)
        return self.factor * H

    def backward(self, G):
        return self.factor * G


@dataclass
class Normalization:
    gamma: tf.Tensor
    beta: tf.Tensor
    epsilon: float

    def spread(self, variance):
        return tf.sqrt(variance + self.epsilon)

    def scaled(self, Z_norm):
        return Z_norm * self.gamma + self.beta


def batchnorm_forward(Z, gamma, beta, epsilon):
    layer = Normalization(gamma, beta, epsilon)
    mean = tf.reduce_sum(Z, axis=0, keepdims=True) / Z.shape[0]
    variance = tf.reduce_sum(tf.square(Z - mean), axis=0, keepdims=True) / Z.shape[0]
    Z_norm = (Z - mean) / layer.spread(variance)
    return layer.scaled(Z_norm), Z_norm, mean, variance


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    M, m = G.shape
    ones = tf.ones((1, M), G.dtype)
    d_beta, d_gamma = ones @ G, ones @ (G * Z_norm)
    d_Z = gamma / (M * Normalization(gamma, gamma, epsilon).spread(variance)) * (M * G - d_beta - Z_norm * d_gamma)
    return {"Z": d_Z, "gamma": d_gamma, "beta": d_beta}


@dataclass
class Running:
    momentum: float
    mean: float = 0.0
    variance: float = 1.0

    def see(self, Z):
        mean = tf.reduce_mean(Z, 0, keepdims=True)
        variance = tf.reduce_mean(Z**2, 0, keepdims=True) - mean**2
        self.mean = self.momentum * self.mean + (1 - self.momentum) * mean
        self.variance = self.momentum * self.variance + (1 - self.momentum) * variance


def running_statistics(batches, momentum):
    running = Running(momentum)
    for Z in batches:
        running.see(Z)
    return running.mean, running.variance


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    layer = Normalization(gamma, beta, epsilon)
    return layer.scaled((Z - mean) / layer.spread(variance))


def random_shifts(count, largest, seed):
    down, right = (
        tf.random.stateless_uniform((count,), (seed, axis), -largest, largest + 1, dtype=tf.int32) for axis in (0, 1)
    )
    return tf.stack([down, right], axis=1)


class Image:
    def __init__(self, pixels):
        self.pixels = pixels
        self.height, self.width = pixels.shape

    def moved(self, down, right):
        kept = self.pixels[max(0, -down) : self.height - max(0, down), max(0, -right) : self.width - max(0, right)]
        frame = [[max(0, down), max(0, -down)], [max(0, right), max(0, -right)]]
        return tf.pad(kept, frame)


def shift_images(images, shifts):
    return tf.stack([Image(one).moved(int(down), int(right)) for one, (down, right) in zip(images, shifts)])


@dataclass
class EarlyStopping:
    patience: int
    min_delta: float = 0.0
    best_loss: float = math.inf
    best_epoch: int = -1
    losses: list = field(default_factory=list)
    kept: dict = field(default_factory=dict)

    def update(self, val_loss, variables):
        self.losses.append(val_loss)
        if self.best_loss - val_loss > self.min_delta:
            self.best_loss, self.best_epoch = val_loss, len(self.losses) - 1
            self.kept = {number: tf.Variable(one) for number, one in enumerate(variables)}
        since = len(self.losses) - 1 - self.best_epoch
        return since >= self.patience

    def restore(self, variables):
        for number, one in self.kept.items():
            variables[number].assign(one)


class Curve:
    def __init__(self, history):
        self.history = history
        self.loss, self.val_loss = history["loss"], history["val_loss"]
        self.n = len(self.loss)
        self.back = self.n - 1 - self.n // 4
        self.guess = math.log(10)

    def climb(self):
        if not all(math.isfinite(one) for one in self.loss + self.val_loss):
            return math.inf
        rises = [one - min([self.guess, *self.loss[: epoch + 1]]) for epoch, one in enumerate(self.loss)]
        return max(rises) / self.guess

    def repeats(self):
        size = len(self.history["step_loss"]) // self.n
        table = [self.history["step_loss"][e * size : (e + 1) * size] for e in range(self.n // 2, self.n)]
        table = [[one - sum(row) / size for one in row] for row in table]
        before, after = sum(table[:-1], []), sum(table[1:], [])
        return np.corrcoef(np.array([before, after]))[1, 0]

    def before_cut(self):
        rates = self.history["learning_rate"]
        for epoch in range(1, self.n):
            if rates[epoch] <= rates[epoch - 1] / 10:
                return 0.0 if epoch == 1 else 1 - self.loss[epoch - 1] / self.loss[epoch - 2]
        return 0.0


def curve_measures(history):
    curve = Curve(history)
    return {
        "climb": curve.climb(),
        "repeats": float(curve.repeats()),
        "best_accuracy": max(history["val_accuracy"]),
        "first_fall": (curve.loss[0] - curve.loss[curve.n // 4]) / curve.guess,
        "last_fall": (curve.loss[curve.back] - curve.loss[-1]) / curve.guess,
        "level": curve.loss[-1] / curve.guess,
        "before_cut": curve.before_cut(),
        "rise": curve.val_loss[-1] / min(curve.val_loss) - 1,
        "val_fall": 1 - curve.val_loss[-1] / curve.val_loss[curve.back],
    }


TABLE = [
    ("no_shuffling", lambda m: m["repeats"] > 0.5),
    ("learning_rate_too_high", lambda m: m["climb"] > 0.15),
    ("leak", lambda m: m["best_accuracy"] > 0.95),
    ("bad_initialisation", lambda m: m["first_fall"] < 0.01),
    ("decayed_too_early", lambda m: m["before_cut"] > 0.05),
    ("overfitting", lambda m: m["rise"] > 0.2),
    ("learning_rate_too_low", lambda m: m["level"] > 0.6 and m["last_fall"] > m["first_fall"] / 4),
    ("still_improving", lambda m: m["val_fall"] > 0.04),
    ("underfitting", lambda m: m["level"] > 0.42),
    ("healthy", lambda m: True),
]


def diagnose(history):
    measured = curve_measures(history)
    return [word for word, fits in TABLE if fits(measured)][0]
