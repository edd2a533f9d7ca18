"""Written with keras.ops, one helper for all steps."""

import math

import numpy as np
from keras import ops, tree


def both(function, *dicts):
    return tree.map_structure(function, *dicts)


def sgd(w, g, state, learning_rate):
    return both(lambda a, b: ops.subtract(a, learning_rate * b), w, g), state


def momentum(w, g, state, learning_rate, mu):
    v = both(lambda old, b: ops.subtract(mu * old, learning_rate * b), state, g)
    return both(ops.add, w, v), v


def nesterov(w, g, state, learning_rate, mu):
    v = both(lambda old, b: mu * old - learning_rate * b, state, g)
    return both(lambda a, new, b: a + mu * new - learning_rate * b, w, v, g), v


def below_root(w, g, s, learning_rate, epsilon):
    return both(lambda a, b, c: a - learning_rate * b / (ops.sqrt(c) + epsilon), w, g, s)


def adagrad(w, g, state, learning_rate, epsilon):
    s = both(lambda old, b: old + ops.square(b), state, g)
    return below_root(w, g, s, learning_rate, epsilon), s


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    s = both(lambda old, b: rho * old + (1 - rho) * ops.square(b), state, g)
    return below_root(w, g, s, learning_rate, epsilon), s


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    m = both(lambda old, b: beta_1 * old + (1 - beta_1) * b, state["m"], g)
    s = both(lambda old, b: beta_2 * old + (1 - beta_2) * ops.square(b), state["s"], g)
    m_hat = both(lambda one: one / (1 - beta_1**t), m)
    s_hat = both(lambda one: one / (1 - beta_2**t), s)
    return below_root(w, m_hat, s_hat, learning_rate, epsilon), {"t": t, "m": m, "s": s}


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    epoch, _ = divmod(step, steps_per_epoch)
    falls, _ = divmod(epoch, every)
    return learning_rate * math.pow(factor, falls)


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * math.pow(factor, step / every)


def linear_decay(learning_rate, step, total):
    return max(learning_rate * (1 - step / total), 0.0)


def inverse_sqrt(learning_rate, step, every):
    return learning_rate / math.pow(1 + step / every, 0.5)


def cosine_decay(learning_rate, step, total):
    step = min(step, total)
    return learning_rate * 0.5 * (1 + math.cos(step * math.pi / total))


def cosine_restarts(learning_rate, step, period, growth):
    for _ in range(1000):
        if step < period:
            break
        step, period = step - period, period * growth
    return cosine_decay(learning_rate, step, period)


def warmup(learning_rate, step, steps):
    return min((step + 1) / steps, 1) * learning_rate


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return learning_rate * batch_size / old_batch_size


def lr_range(loss_after, low, high, count):
    rates = np.logspace(np.log10(low), np.log10(high), count)
    losses = {float(rate): float(loss_after(float(rate))) for rate in rates}
    losses = {rate: loss for rate, loss in losses.items() if np.isfinite(loss)}
    return min(losses, key=losses.get), [float(rate) for rate in rates]
