"""Everything is computed in float64 and cast back at the end."""

import tensorflow as tf
from math import exp, log

EPSILON = 2.0**-23


def wide(*tensors):
    return [tf.cast(one, tf.float64) for one in tensors]


def mse(Y_hat, Y):
    a, b = wide(Y_hat, Y)
    return tf.cast(tf.reduce_mean(tf.norm(a - b, axis=1) ** 2), Y_hat.dtype)


def mae(Y_hat, Y):
    a, b = wide(Y_hat, Y)
    return tf.cast(tf.reduce_mean(tf.norm(a - b, ord=1, axis=1)), Y_hat.dtype)


def value_and_gradient(loss, prediction, *others):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(prediction)
        value = loss(prediction, *others)
    if not value.shape == []:
        raise ValueError("the loss must be a scalar, but has shape " + str(value.shape))
    return value, tape.gradient(value, prediction)


def binary_cross_entropy(P, Y):
    p, y = wide(P, Y)
    right = tf.where(y == 1, p, 1 - p)
    return tf.cast(-tf.reduce_sum(tf.math.log(tf.maximum(right, EPSILON))) / p.shape[0], P.dtype)


def binary_cross_entropy_from_logits(Z, Y):
    z, y = wide(Z, Y)
    # the distance on the wrong side: a yes wants z large, a no wants it small
    wrong = (1 - 2 * y) * z
    return tf.cast(tf.reduce_sum(tf.nn.softplus(wrong)) / z.shape[0], Z.dtype)


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    z, y, plus, minus = wide(Z, Y, positive, negative)
    weights = plus * y + minus * (1 - y)
    return tf.cast(tf.reduce_sum(weights * tf.nn.softplus((1 - 2 * y) * z)) / z.shape[0], Z.dtype)


def categorical_cross_entropy(Z, Y):
    z, y = wide(Z, Y)
    chosen = tf.reduce_sum(z * y, axis=1)
    return tf.cast(tf.reduce_mean(tf.reduce_logsumexp(z, axis=1) - chosen), Z.dtype)


def sparse_categorical_cross_entropy(Z, labels):
    (z,) = wide(Z)
    rows = tf.stack([tf.range(z.shape[0], dtype=labels.dtype), labels], axis=1)
    return tf.cast(tf.reduce_mean(tf.reduce_logsumexp(z, axis=1) - tf.gather_nd(z, rows)), Z.dtype)


def logarithm_base(probability, loss):
    return exp(log(1 / probability) / loss)


def slide_cross_entropy(P, Y):
    p, y = wide(P, Y)
    right = tf.boolean_mask(p, y == 1)
    return tf.cast(-tf.reduce_mean(tf.math.log(tf.maximum(right, EPSILON))), P.dtype)


def dice_loss(P, Y, smoothing=1.0):
    p, y = wide(P, Y)
    I = tf.reduce_sum(tf.reduce_sum(p * y, 2), 1)
    S = tf.reduce_sum(tf.reduce_sum(p + y, 2), 1)
    return tf.cast(tf.reduce_mean((S - 2 * I) / (S + smoothing)), P.dtype)


def dice_gradient(P, Y, smoothing=1.0):
    p, y = wide(P, Y)
    I = tf.reduce_sum(p * y, axis=[1, 2], keepdims=True)
    S = tf.reduce_sum(p + y, axis=[1, 2], keepdims=True) + smoothing
    return tf.cast((-2 * y / S + (2 * I + smoothing) / S**2) / len(p), P.dtype)


def elastic_net_penalty(params, strength, mix):
    flat = tf.concat([tf.reshape(value, [-1]) for name, value in params.items() if not name.startswith("b")], axis=0)
    (w,) = wide(flat)
    return tf.cast(strength * tf.reduce_sum(mix * tf.abs(w) + (1 - mix) / 2 * w**2), flat.dtype)
