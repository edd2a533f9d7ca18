"""A class for each family of losses, and functions that call them."""

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


class Loss:
    """Sum over outputs, mean over examples."""

    def cost(self, A, Y):
        raise NotImplementedError

    def __call__(self, A, Y):
        costs = self.cost(A, Y)
        return tf.reduce_sum(costs) / tf.cast(tf.shape(costs)[0], costs.dtype)


class Power(Loss):
    def __init__(self, exponent):
        self.exponent = exponent

    def cost(self, A, Y):
        return tf.abs(A - Y) ** self.exponent if self.exponent == 2 else tf.abs(A - Y)


class Bernoulli(Loss):
    def __init__(self, positive=1.0, negative=1.0):
        self.positive, self.negative = positive, negative

    def cost(self, A, Y):
        # both log-probabilities from one softplus: log(1 - p) = log(p) - z
        log_yes = -tf.nn.softplus(-A)
        log_no = -tf.nn.softplus(A)
        return -(self.positive * Y * log_yes + self.negative * (1 - Y) * log_no)


class Safe(Loss):
    @staticmethod
    def log(P):
        return tf.math.log(tf.clip_by_value(P, EPSILON, 1.0))


class Probabilities(Safe):
    def cost(self, A, Y):
        return -Y * self.log(A) - (1 - Y) * self.log(1 - A)


class Classes(Safe):
    def cost(self, A, Y):
        return -Y * self.log(A)


class Softmax(Loss):
    def cost(self, A, Y):
        A = A - tf.reduce_max(A, axis=1, keepdims=True)
        return Y * (tf.math.log(tf.reduce_sum(tf.exp(A), axis=1, keepdims=True)) - A)


class Dice:
    def __init__(self, smoothing):
        self.s = smoothing

    def sums(self, P, Y):
        I = tf.einsum("mhw,mhw->m", P, Y)
        S = tf.einsum("mhw->m", P) + tf.einsum("mhw->m", Y)
        return 2 * I + self.s, S + self.s

    def value(self, P, Y):
        above, below = self.sums(P, Y)
        return tf.reduce_mean((below - above) / below)

    def slope(self, P, Y):
        above, below = (one[:, None, None] for one in self.sums(P, Y))
        return (above - 2 * Y * below) / (below * below * P.shape[0])


class Tape:
    def __init__(self, loss):
        self.loss = loss

    def __call__(self, prediction, *others):
        with tf.GradientTape() as tape:
            tape.watch(prediction)
            value = self.loss(prediction, *others)
        if value.shape.as_list():
            raise ValueError("expected one number")
        return value, tape.gradient(value, prediction)


class Penalty:
    def __init__(self, strength, mix):
        self.l1, self.l2 = strength * mix, strength * (1 - mix) / 2

    def __call__(self, params):
        return sum(
            self.l1 * tf.reduce_sum(tf.abs(W)) + self.l2 * tf.reduce_sum(W * W)
            for name, W in params.items()
            if name.startswith("W")
        )


mse = Power(2)
mae = Power(1)
binary_cross_entropy = Probabilities()
binary_cross_entropy_from_logits = Bernoulli()
slide_cross_entropy = Classes()


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    return Bernoulli(positive, negative)(Z, Y)


def categorical_cross_entropy(Z, Y):
    return Softmax()(Z, Y)


def sparse_categorical_cross_entropy(Z, labels):
    return Softmax()(Z, tf.one_hot(labels, Z.shape[1], dtype=Z.dtype))


def value_and_gradient(loss, prediction, *others):
    return Tape(loss)(prediction, *others)


def logarithm_base(probability, loss):
    return float(np.exp(np.log(probability) / -loss))


def dice_loss(P, Y, smoothing=1.0):
    return Dice(smoothing).value(P, Y)


def dice_gradient(P, Y, smoothing=1.0):
    return Dice(smoothing).slope(P, Y)


def elastic_net_penalty(params, strength, mix):
    return Penalty(strength, mix)(params)
