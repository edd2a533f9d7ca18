"""Functions in another order, compiled ones, and each loss made of another."""

import tensorflow as tf
import math as m

EPSILON = 2.0**-23
_softplus = tf.math.softplus


def elastic_net_penalty(params, strength, mix):
    def price(W):
        return mix * tf.norm(tf.reshape(W, [-1]), ord=1) + (1 - mix) * tf.nn.l2_loss(W)

    return strength * tf.add_n([price(params[name]) for name in params if name[:1] == "W"])


def dice_gradient(P, Y, smoothing=1.0):
    axes = tf.range(1, 3)
    below = smoothing + tf.reduce_sum(Y, axes, True) + tf.reduce_sum(P, axes, True)
    coefficient = (smoothing + 2 * tf.reduce_sum(Y * P, axes, True)) / below
    return tf.divide(coefficient - 2 * Y, below * P.shape[0])


@tf.function
def _dice(P, Y, smoothing):
    axes = [-2, -1]
    missed = tf.reduce_sum(P * (1 - Y) + Y * (1 - P), axes)
    return tf.reduce_mean(missed / (tf.reduce_sum(P, axes) + tf.reduce_sum(Y, axes) + smoothing))


def dice_loss(P, Y, smoothing=1.0):
    return _dice(P, Y, tf.constant(smoothing, P.dtype))


def slide_cross_entropy(P, Y):
    return tf.reduce_mean(-tf.math.log(tf.maximum(tf.reduce_sum(P * Y, axis=1), EPSILON)))


def logarithm_base(probability, loss):
    return m.exp(m.log(probability) * -(1 / loss))


def sparse_categorical_cross_entropy(Z, labels):
    return categorical_cross_entropy(Z, tf.one_hot(labels, tf.shape(Z)[1], dtype=Z.dtype))


def categorical_cross_entropy(Z, Y):
    return tf.reduce_mean(tf.reduce_sum(Y * (tf.reduce_logsumexp(Z, 1, keepdims=True) - Z), 1))


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    # log(1 - sigmoid) = log(sigmoid) - z
    log_yes = tf.math.log_sigmoid(Z)
    cost = -positive * Y * log_yes + negative * (1 - Y) * (Z - log_yes)
    return tf.reduce_mean(tf.reduce_sum(cost, -1))


@tf.function(reduce_retracing=True)
def binary_cross_entropy_from_logits(Z, Y):
    return tf.reduce_mean(tf.reduce_sum(_softplus(Z) - Y * Z, axis=-1))


def binary_cross_entropy(P, Y):
    right = Y * P + (1 - Y) * (1 - P)
    return tf.reduce_mean(tf.reduce_sum(-tf.math.log(tf.maximum(right, EPSILON)), axis=1))


def value_and_gradient(loss, prediction, *others):
    with tf.GradientTape() as tape:
        tape.watch([prediction])
        value = loss(prediction, *others)
    if len(value.shape):
        raise ValueError("vector")
    return [value, tape.gradient(value, prediction)]


def mae(Y_hat, Y):
    return tf.reduce_mean(tf.reduce_sum(tf.maximum(Y_hat - Y, Y - Y_hat), axis=1))


def mse(Y_hat, Y):
    return tf.reduce_mean(tf.reduce_sum(tf.math.squared_difference(Y_hat, Y), axis=-1))
