"""NumPy inside of the optimizers and schedules; tensors only at the end."""

import numpy as np
import tensorflow as tf


def each(function, *dicts):
    return {name: tf.constant(function(*(np.asarray(one[name]) for one in dicts))) for name in dicts[0]}


def sgd(w, g, state, learning_rate):
    return each(lambda a, b: (a - learning_rate * b).astype(a.dtype), w, g), state


def momentum(w, g, state, learning_rate, mu):
    v = each(lambda old, b: (mu * old - learning_rate * b).astype(b.dtype), state, g)
    return each(np.add, w, v), v


def nesterov(w, g, state, learning_rate, mu):
    v = each(lambda old, b: (mu * old - learning_rate * b).astype(b.dtype), state, g)
    return each(lambda a, new, b: (a + mu * new - learning_rate * b).astype(a.dtype), w, v, g), v


def scaled(w, g, s, learning_rate, epsilon):
    return each(lambda a, b, c: (a - learning_rate * b / (np.sqrt(c) + epsilon)).astype(a.dtype), w, g, s)


def adagrad(w, g, state, learning_rate, epsilon):
    s = each(lambda old, b: old + np.square(b), state, g)
    return scaled(w, g, s, learning_rate, epsilon), s


def mean(old, new, decay):
    return each(lambda a, b: (decay * a + (1 - decay) * b).astype(b.dtype), old, new)


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    s = mean(state, each(np.square, g), rho)
    return scaled(w, g, s, learning_rate, epsilon), s


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    m = mean(state["m"], g, beta_1)
    s = mean(state["s"], each(np.square, g), beta_2)
    m_hat = each(lambda one: (one / (1 - np.power(beta_1, t))).astype(one.dtype), m)
    s_hat = each(lambda one: (one / (1 - np.power(beta_2, t))).astype(one.dtype), s)
    return scaled(w, m_hat, s_hat, learning_rate, epsilon), dict(t=t, m=m, s=s)


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    return float(learning_rate * np.power(factor, np.floor(step / (steps_per_epoch * every))))


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * np.power(factor, step / every)


def linear_decay(learning_rate, step, total):
    return np.clip(learning_rate * (total - step) / total, 0, None)


def inverse_sqrt(learning_rate, step, every):
    return learning_rate / np.sqrt((every + step) / every)


def cosine_decay(learning_rate, step, total):
    way = np.minimum(1.0, step / total)
    return 0.5 * learning_rate * (np.cos(np.pi * way) + 1.0)


def cosine_restarts(learning_rate, step, period, growth):
    lengths = period * np.power(growth, np.arange(20)).astype(float)
    begins = np.concatenate([[0.0], np.cumsum(lengths)])
    number = np.searchsorted(begins, step, side="right") - 1
    return cosine_decay(learning_rate, step - begins[number], lengths[number])


def warmup(learning_rate, step, steps):
    return learning_rate * np.interp(step + 1, [0, steps], [0.0, 1.0])


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return np.multiply(learning_rate, np.divide(batch_size, old_batch_size))


def lr_range(loss_after, low, high, count):
    rates = np.geomspace(low, high, count)
    losses = np.array([loss_after(rate) for rate in rates])
    best = np.argmin(np.where(np.isfinite(losses), losses, np.inf))
    return rates[best], rates
