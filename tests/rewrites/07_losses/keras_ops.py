"""Written with keras.ops."""

import math

from keras import ops
import tensorflow as tf

EPSILON = 2.0**-23


def per_example(costs):
    return ops.mean(ops.sum(costs, axis=-1))


def mse(Y_hat, Y):
    return per_example(ops.square(ops.subtract(Y_hat, Y)))


def mae(Y_hat, Y):
    return per_example(ops.absolute(ops.subtract(Y_hat, Y)))


def value_and_gradient(loss, prediction, *others):
    with tf.GradientTape() as tape:
        tape.watch(prediction)
        value = loss(prediction, *others)
    if ops.ndim(value) != 0:
        raise ValueError("a loss has to be a scalar")
    return value, tape.gradient(value, prediction)


def binary_cross_entropy(P, Y):
    P = ops.clip(P, EPSILON, 1 - EPSILON)
    return per_example(-Y * ops.log(P) - (1 - Y) * ops.log(1 - P))


def binary_cross_entropy_from_logits(Z, Y):
    return per_example(-Y * ops.log_sigmoid(Z) - (1 - Y) * ops.log_sigmoid(-Z))


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    yes, no = -ops.log_sigmoid(Z), -ops.log_sigmoid(-Z)
    return per_example(ops.where(Y > 0.5, positive * yes, negative * no))


def categorical_cross_entropy(Z, Y):
    return -per_example(Y * ops.log_softmax(Z, axis=-1))


def sparse_categorical_cross_entropy(Z, labels):
    labels = ops.expand_dims(ops.cast(labels, "int32"), -1)
    return -ops.mean(ops.take_along_axis(ops.log_softmax(Z, axis=-1), labels, axis=1))


def logarithm_base(probability, loss):
    return math.pow(math.e, math.log(1 / probability) / loss)


def slide_cross_entropy(P, Y):
    return -per_example(Y * ops.log(ops.maximum(P, EPSILON)))


def dice_loss(P, Y, smoothing=1.0):
    P, Y = (ops.reshape(one, (len(one), -1)) for one in (P, Y))
    overlap, areas = ops.sum(P * Y, axis=1), ops.sum(P, axis=1) + ops.sum(Y, axis=1)
    return 1 - ops.mean((2 * overlap + smoothing) / (areas + smoothing))


def dice_gradient(P, Y, smoothing=1.0):
    I, S = (ops.sum(one, axis=(1, 2), keepdims=True) for one in (P * Y, P + Y))
    numerator, denominator = 2 * I + smoothing, S + smoothing
    return (numerator / denominator - 2 * Y) / denominator / ops.cast(len(P), P.dtype)


def elastic_net_penalty(params, strength, mix):
    weights = [value for name, value in params.items() if "W" in name]
    l1 = sum(ops.sum(ops.absolute(W)) for W in weights)
    l2 = sum(ops.sum(ops.square(W)) for W in weights)
    return strength * mix * l1 + strength * (1 - mix) * l2 / 2
