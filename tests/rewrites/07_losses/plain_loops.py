"""Loops over examples, outputs and pixels, as they stand on paper."""

import math

import tensorflow as tf

EPSILON = 2.0**-23


def mse(Y_hat, Y):
    losses = []
    for i in range(Y.shape[0]):
        loss = tf.zeros((), Y_hat.dtype)
        for j in range(Y.shape[1]):
            loss += (Y_hat[i, j] - Y[i, j]) ** 2
        losses.append(loss)
    return tf.add_n(losses) / len(losses)


def mae(Y_hat, Y):
    loss = 0.0
    M, k = Y.shape
    for i in range(M):
        for j in range(k):
            loss = loss + tf.abs(Y_hat[i, j] - Y[i, j])
    return loss / M


def value_and_gradient(loss, prediction, *others):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(prediction)
        result = loss(prediction, *others)
        if tf.rank(result) > 0:
            raise ValueError(f"one number please, not {result.shape}")
    (slope,) = tape.gradient(result, [prediction])
    return result, slope


def binary_cross_entropy(P, Y):
    loss = 0.0
    for p, y in zip(P, Y):
        for j in range(len(p)):
            if y[j] == 1:
                loss -= tf.math.log(tf.maximum(p[j], EPSILON))
            else:
                loss -= tf.math.log(tf.maximum(1 - p[j], EPSILON))
    return loss / len(P)


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    loss = 0.0
    for z, y in zip(Z, Y):
        for j in range(len(z)):
            loss += positive[j] * tf.nn.softplus(-z[j]) if y[j] == 1 else negative[j] * tf.nn.softplus(z[j])
    return loss / len(Z)


def binary_cross_entropy_from_logits(Z, Y):
    ones = tf.ones(Z.shape[1], Z.dtype)
    return weighted_binary_cross_entropy(Z, Y, ones, ones)


def sparse_categorical_cross_entropy(Z, labels):
    loss = 0.0
    for z, c in zip(Z, labels.numpy()):
        largest = tf.reduce_max(z)
        loss += largest + tf.math.log(tf.reduce_sum(tf.exp(z - largest))) - z[c]
    return loss / len(Z)


def categorical_cross_entropy(Z, Y):
    return sparse_categorical_cross_entropy(Z, tf.argmax(Y, axis=1))


def logarithm_base(probability, loss):
    return probability ** (-1 / loss)


def slide_cross_entropy(P, Y):
    N = len(P)
    loss = 0
    for fx, y in zip(P, Y):
        for i in range(len(y)):
            loss += -(1 / N) * y[i] * tf.math.log(tf.maximum(fx[i], EPSILON))
    return loss


def dice_loss(P, Y, smoothing=1.0):
    losses = []
    for p, y in zip(P, Y):
        I = tf.reduce_sum(p * y)
        S = tf.reduce_sum(p) + tf.reduce_sum(y)
        losses.append(1 - (2 * I + smoothing) / (S + smoothing))
    return tf.reduce_mean(losses)


def dice_gradient(P, Y, smoothing=1.0):
    slopes = []
    for p, y in zip(P, Y):
        I = tf.reduce_sum(p * y)
        S = tf.reduce_sum(p) + tf.reduce_sum(y)
        on = -(2 * (S + smoothing) - (2 * I + smoothing)) / (S + smoothing) ** 2
        off = (2 * I + smoothing) / (S + smoothing) ** 2
        slopes.append(tf.where(y == 1, on, off) / P.shape[0])
    return tf.stack(slopes)


def elastic_net_penalty(params, strength, mix):
    total = 0.0
    for name in sorted(params):
        if name[0] == "W":
            for w in tf.reshape(params[name], [-1]):
                total += mix * tf.abs(w) + (1 - mix) * 0.5 * w * w
    return total * strength


assert math.isclose(logarithm_base(0.5, 1.0), 2)
