"""Functions in reverse order, helpers in between, and copies that are changed."""

import copy
from math import cos, floor, isinf, isnan, log, pi, sqrt

import numpy as np
import tensorflow as tf


def lr_range(loss_after, low, high, count):
    rates = np.exp(np.linspace(log(low), log(high), count)).tolist()
    pairs = sorted(((float(loss_after(rate)), rate) for rate in rates), key=lambda pair: (bad(pair[0]), pair[0]))
    return pairs[0][1], rates


def bad(loss):
    return isnan(loss) or isinf(loss)


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return (learning_rate * batch_size) / old_batch_size


def warmup(learning_rate, step, steps):
    return min(learning_rate, learning_rate * (step + 1) / steps)


def cosine_restarts(learning_rate, step, period, growth):
    number = 0
    while begin_of(number + 1, period, growth) <= step:
        number += 1
    begin = begin_of(number, period, growth)
    return cosine_decay(learning_rate, step - begin, begin_of(number + 1, period, growth) - begin)


def begin_of(number, period, growth):
    """The geometric series."""
    return sum(period * growth**i for i in range(number))


def cosine_decay(learning_rate, step, total):
    return learning_rate * (0.5 + 0.5 * cos(pi * min(step / total, 1)))


def inverse_sqrt(learning_rate, step, every):
    return learning_rate * sqrt(every / (every + step))


def linear_decay(learning_rate, step, total):
    return learning_rate * (total - min(step, total)) / total


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * (factor**step) ** (1 / every)


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    return learning_rate * pow(factor, floor(floor(step / steps_per_epoch) / every))


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    state = {"t": state["t"] + 1, "m": dict(state["m"]), "s": dict(state["s"])}
    w = dict(w)
    for name in w:
        state["m"][name] = beta_1 * state["m"][name] + (1 - beta_1) * g[name]
        state["s"][name] = beta_2 * state["s"][name] + (1 - beta_2) * g[name] ** 2
        correction = 1 - beta_2 ** state["t"]
        below = tf.sqrt(state["s"][name]) + epsilon * correction**0.5
        rate = learning_rate * correction**0.5 / (1 - beta_1 ** state["t"])
        w[name] -= rate * state["m"][name] / below
    return w, state


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    state, w = state.copy(), w.copy()
    for name, gradient in g.items():
        state[name] *= rho
        state[name] += (1 - rho) * gradient**2
        w[name] -= learning_rate * gradient / (tf.sqrt(state[name]) + epsilon)
    return w, state


def adagrad(w, g, state, learning_rate, epsilon):
    state, w = state.copy(), w.copy()
    for name, gradient in g.items():
        state[name] += gradient**2
        w[name] -= learning_rate * gradient / (tf.sqrt(state[name]) + epsilon)
    return w, state


def nesterov(w, g, state, learning_rate, mu):
    state, w = dict(state), dict(w)
    for name, gradient in g.items():
        state[name] = mu * state[name] - learning_rate * gradient
        w[name] = w[name] + mu * state[name]
        w[name] = w[name] - learning_rate * gradient
    return w, state


def momentum(w, g, state, learning_rate, mu):
    state, w = copy.copy(state), copy.copy(w)
    for name, gradient in g.items():
        state[name] = mu * state[name] - learning_rate * gradient
        w[name] = w[name] + state[name]
    return w, state


def sgd(w, g, state, learning_rate):
    w = copy.copy(w)
    for name, gradient in g.items():
        w[name] -= learning_rate * gradient
    return w, state
