"""Activations and initialisers as classes; the functions only call them."""
from __future__ import annotations

import math
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf


class Activation:
    def __call__(self, Z):
        return self.value(Z), self.slope(Z)


class Sigmoid(Activation):
    def value(self, Z):
        return tf.math.sigmoid(Z)

    def slope(self, Z):
        return tf.square(1 / (tf.exp(Z / 2) + tf.exp(-Z / 2)))


class Tanh(Activation):
    def value(self, Z):
        return 2 * tf.sigmoid(2 * Z) - 1

    def slope(self, Z):
        return 4 * Sigmoid().slope(2 * Z)


@dataclass
class Leaky(Activation):
    alpha: float

    def value(self, Z):
        return tf.maximum(Z, self.alpha * Z)

    def slope(self, Z):
        return tf.where(Z > 0, tf.constant(1, Z.dtype), tf.constant(self.alpha, Z.dtype))


@dataclass
class Elu(Activation):
    alpha: float

    def value(self, Z):
        return tf.nn.relu(Z) + self.alpha * tf.math.expm1(-tf.nn.relu(-Z))

    def slope(self, Z):
        return tf.where(Z > 0, tf.constant(1, Z.dtype), self.alpha * tf.exp(-tf.nn.relu(-Z)))


sigmoid = Sigmoid()
tanh = Tanh()


def relu(Z):
    return Leaky(0.0)(Z)


def leaky_relu(Z, alpha):
    return Leaky(alpha)(Z)


def elu(Z, alpha):
    return Elu(alpha)(Z)


def maxout(Z):
    H, slope = Z[..., 0], [tf.ones_like(Z[..., 0])]
    for q in range(1, Z.shape[-1]):
        wins = tf.cast(Z[..., q] > H, Z.dtype)
        slope = [one * (1 - wins) for one in slope] + [wins]
        H = tf.maximum(H, Z[..., q])
    return H, tf.stack(slope, axis=-1)


def softmax(Z):
    P = tf.exp(tf.nn.log_softmax(Z))
    return P, tf.linalg.diag(P) - P[:, :, None] @ P[:, None, :]


@dataclass(frozen=True)
class Scheme:
    numerator: float
    counts_units: bool

    def scale(self, n, m):
        return math.sqrt(self.numerator / (n + m if self.counts_units else n))


SCHEMES = {"glorot_uniform": Scheme(6, True), "glorot_normal": Scheme(2, True), "he_normal": Scheme(2, False)}


def weight_scales(n, m):
    return {name: scheme.scale(n, m) for name, scheme in SCHEMES.items()}


def draw(name, n, m, seed):
    rng = np.random.default_rng([seed, n, m])
    numbers = rng.uniform(-1, 1, (n, m)) if "uniform" in name else rng.standard_normal((n, m))
    return tf.convert_to_tensor(SCHEMES[name].scale(n, m) * numbers, tf.float32)


def glorot_uniform(n, m, seed):
    return draw("glorot_uniform", n, m, seed)


def glorot_normal(n, m, seed):
    return draw("glorot_normal", n, m, seed)


def he_normal(n, m, seed):
    return draw("he_normal", n, m, seed)


def orthogonal(n, m, seed, gain=1.0):
    keras.utils.set_random_seed(seed)
    square = tf.linalg.qr(tf.random.normal((max(n, m), max(n, m))))[0]
    return gain * square[:n, :m]


class Walk:
    """Goes through a model, layer by layer."""

    def __init__(self, model, X):
        self.model, self.X = model, X

    def __iter__(self):
        H = self.X
        yield H
        for layer in self.model.layers:
            H = layer(H)
            yield H


def activation_statistics(model, X):
    moments = [tf.nn.moments(tf.reshape(H, [-1]), axes=[0]) for H in Walk(model, X)]
    return {"mean": [float(mean) for mean, _ in moments], "std": [float(variance) ** 0.5 for _, variance in moments]}


def lsuv(model, batch):
    walk = iter(Walk(model, batch))
    found = []
    for layer, H in zip(model.layers, walk):
        layer.bias.assign(layer.bias * 0)
        found.append(float(np.std((H @ layer.kernel.value).numpy())))
        layer.kernel.assign(layer.kernel / found[-1])
    return found


def kernel_gradients(model, X, Y):
    watched = [weight.value for weight in model.trainable_weights if "kernel" in weight.path]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for weight in watched:
            tape.watch(weight)
        loss = keras.losses.MeanSquaredError(reduction="sum")(Y, model(X)) * Y.shape[1] / Y.shape[0]
    return tape.gradient(loss, watched)


def different_units(W):
    W = np.array(W)
    allowed = 1e-5 * np.abs(W).max()
    return sum(all(np.abs(W[:, j] - W[:, i]).max() > allowed for i in range(j)) for j in range(W.shape[1]))
