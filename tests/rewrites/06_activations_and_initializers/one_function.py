"""Piecewise activations from one helper; initialisers from one variance; annotated and checked at the door."""
import math
from functools import partial
from typing import Callable

import tensorflow as tf


def piecewise(Z: tf.Tensor, left: Callable, left_slope: Callable):
    positive = Z > 0
    safe = tf.where(positive, tf.zeros_like(Z), Z)
    return tf.where(positive, Z, left(safe)), tf.where(positive, tf.ones_like(Z), left_slope(safe))


def relu(Z):
    return piecewise(Z, tf.zeros_like, tf.zeros_like)


def leaky_relu(Z, alpha):
    return piecewise(Z, lambda z: alpha * z, lambda z: alpha * tf.ones_like(z))


def elu(Z, alpha):
    return piecewise(Z, lambda z: alpha * (tf.exp(z) - 1), lambda z: alpha * tf.exp(z))


def sigmoid(Z):
    P, J = softmax(tf.stack([tf.reshape(Z, [-1]), tf.zeros_like(tf.reshape(Z, [-1]))], axis=1))
    return tf.reshape(P[:, 0], Z.shape), tf.reshape(J[:, 0, 0], Z.shape)


def tanh(Z):
    H, slope = sigmoid(2.0 * Z)
    return H * 2 - 1, slope * 4


def maxout(Z):
    values, winners = tf.math.top_k(Z, k=1)
    pieces = tf.range(Z.shape[-1])[None, None, :]
    return values[..., 0], tf.cast(pieces == winners, Z.dtype)


def softmax(Z):
    P = tf.nn.softmax(Z, axis=-1)
    k = P.shape[-1]
    columns = [P * (tf.one_hot(d, k, dtype=P.dtype) - P[:, d : d + 1]) for d in range(k)]
    return P, tf.stack(columns, axis=2)


def variance(n, m, scheme):
    assert n >= 1 and m >= 1, "a layer has inputs and units"
    return 2 / n if scheme == "he" else 1 / ((n + m) / 2)


def weight_scales(n: int, m: int) -> dict:
    return dict(
        glorot_uniform=math.sqrt(3 * variance(n, m, "glorot")),
        glorot_normal=math.sqrt(variance(n, m, "glorot")),
        he_normal=math.sqrt(variance(n, m, "he")),
    )


def normal(scheme, n, m, seed):
    first, second = tf.random.experimental.stateless_split(tf.constant([seed, 2**20]), num=2)
    # Box and Muller
    u = 1 - tf.random.stateless_uniform((n, m), first)
    v = tf.random.stateless_uniform((n, m), second)
    return math.sqrt(variance(n, m, scheme)) * tf.sqrt(-2 * tf.math.log(u)) * tf.cos(2 * math.pi * v)


glorot_normal = partial(normal, "glorot")
he_normal = partial(normal, "he")


def glorot_uniform(n, m, seed):
    limit = math.sqrt(3 * variance(n, m, "glorot"))
    return tf.random.stateless_uniform(shape=[n, m], seed=[0, seed], minval=-limit, maxval=limit, dtype=tf.float32)


def orthogonal(n, m, seed, gain=1.0):
    numbers = tf.random.stateless_normal((n, m), (seed, seed))
    s, U, V = tf.linalg.svd(numbers)
    return gain * tf.matmul(U, V, transpose_b=True)


def activation_statistics(model, X):
    depth = [X]
    for layer in model.layers:
        depth += [layer(depth[-1])]
    mean = [tf.reduce_mean(H).numpy().item() for H in depth]
    std = [tf.sqrt(tf.reduce_mean(tf.square(H - tf.reduce_mean(H)))).numpy().item() for H in depth]
    return {"std": std, "mean": mean}


def lsuv(model, batch):
    found = []
    for layer in model.layers:
        layer.bias.assign(tf.zeros(layer.bias.shape))
    H = batch
    for layer in model.layers:
        Z = H @ layer.kernel
        s = tf.math.reduce_std(Z)
        layer.kernel.assign(layer.kernel * (1 / s))
        H = layer(H)
        found.append(s)
    return [float(s) for s in found]


def kernel_gradients(model, X, Y):
    @tf.function
    def compute():
        with tf.GradientTape() as tape:
            tape.watch([layer.kernel.value for layer in model.layers])
            loss = tf.reduce_sum(tf.math.squared_difference(model(X), Y)) / tf.cast(tf.shape(X)[0], X.dtype)
        return tape.gradient(loss, [layer.kernel.value for layer in model.layers])

    return list(compute())


def different_units(W):
    kept = W[:, :1]
    allowed = 1e-5 * tf.reduce_max(tf.abs(W))
    for j in range(1, W.shape[1]):
        column = W[:, j : j + 1]
        if tf.reduce_all(tf.reduce_max(tf.abs(kept - column), axis=0) > allowed):
            kept = tf.concat([kept, column], axis=1)
    return int(kept.shape[1])
