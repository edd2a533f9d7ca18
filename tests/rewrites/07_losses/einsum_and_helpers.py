"""Einstein's sums, many helpers, and numbers that are checked on the way."""

import math
from functools import partial

import tensorflow as tf

EPSILON = 2.0**-23


def total(A, B):
    return tf.einsum("mk,mk->", A, B)


def mean_of(A, B):
    assert A.shape == B.shape
    return total(A, B) / A.shape[0]


def mse(Y_hat, Y):
    error = Y_hat - Y
    return mean_of(error, error)


def mae(Y_hat, Y):
    error = Y_hat - Y
    return mean_of(error, tf.sign(error))


def value_and_gradient(loss, prediction, *others):
    bound = partial(loss, prediction) if not others else (lambda: loss(prediction, *others))
    with tf.GradientTape() as tape:
        tape.watch(prediction)
        value = bound()
    if tf.size(value) != 1 or value.shape.ndims:
        raise ValueError("no scalar: reduce it first")
    return value, tape.gradient(value, prediction)


def limited_log(P):
    return tf.math.log(tf.maximum(P, EPSILON))


def binary_cross_entropy(P, Y):
    return -mean_of(Y, limited_log(P)) - mean_of(1 - Y, limited_log(1 - P))


def softplus(z):
    # the corner at 0 is taken away by the identity log1p(e^-|z|) + max(z, 0) = logaddexp(0, z)
    return tf.reduce_logsumexp(tf.stack([tf.zeros_like(z), z]), axis=0)


def binary_cross_entropy_from_logits(Z, Y):
    return mean_of(Y, softplus(-Z)) + mean_of(1 - Y, softplus(Z))


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    yes = tf.einsum("k,mk,mk->", positive, Y, softplus(-Z))
    no = tf.einsum("k,mk,mk->", negative, 1 - Y, softplus(Z))
    return (yes + no) / Z.shape[0]


def log_probabilities(Z):
    Z -= tf.reduce_max(Z, axis=-1, keepdims=True)
    return Z - tf.math.log(tf.reduce_sum(tf.exp(Z), axis=-1, keepdims=True))


def categorical_cross_entropy(Z, Y):
    return -mean_of(Y, log_probabilities(Z))


def sparse_categorical_cross_entropy(Z, labels):
    Y = tf.cast(tf.equal(tf.range(Z.shape[1], dtype=labels.dtype), labels[:, None]), Z.dtype)
    return categorical_cross_entropy(Z, Y)


def logarithm_base(probability, loss):
    ln_b = math.log(probability) / -loss
    return math.e**ln_b


def slide_cross_entropy(P, Y):
    return -mean_of(Y, limited_log(P))


def overlap_and_areas(P, Y):
    return tf.einsum("mij,mij->m", P, Y), tf.einsum("mij->m", P + Y)


def dice_loss(P, Y, smoothing=1.0):
    I, S = overlap_and_areas(P, Y)
    return 1 - tf.reduce_mean((2 * I + smoothing) / (S + smoothing))


def dice_gradient(P, Y, smoothing=1.0):
    I, S = overlap_and_areas(P, Y)
    a = 2 / (S + smoothing)
    b = (2 * I + smoothing) / (S + smoothing) ** 2
    return (b[:, None, None] - tf.einsum("m,mij->mij", a, Y)) / P.shape[0]


def elastic_net_penalty(params, strength, mix):
    penalty = tf.constant(0.0, params["W1"].dtype)
    number = 1
    names = sorted(name for name in params if name.startswith("W"))
    for name in names:
        W = params[name]
        penalty += strength * (mix * tf.reduce_sum(tf.abs(W)) + (1 - mix) * tf.nn.l2_loss(W))
        number += 1
    return penalty
