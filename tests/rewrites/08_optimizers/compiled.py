"""Steps under tf.function, and lambdas."""

import functools
import math

import tensorflow as tf


@tf.function
def _sgd(w, g, rate):
    return {name: w[name] - tf.cast(rate, w[name].dtype) * g[name] for name in w}


def sgd(w, g, state, learning_rate):
    return _sgd(w, g, tf.constant(learning_rate, tf.float64)), state


@tf.function(reduce_retracing=True)
def _velocity(g, state, rate, mu):
    return {k: tf.cast(mu, g[k].dtype) * state[k] - tf.cast(rate, g[k].dtype) * g[k] for k in g}


def momentum(w, g, state, learning_rate, mu):
    v = _velocity(g, state, tf.constant(learning_rate, tf.float64), tf.constant(mu, tf.float64))
    return {k: tf.add(w[k], v[k]) for k in w}, v


def nesterov(w, g, state, learning_rate, mu):
    v = _velocity(g, state, tf.constant(learning_rate, tf.float64), tf.constant(mu, tf.float64))
    return {k: tf.add_n([w[k], mu * v[k], -learning_rate * g[k]]) for k in w}, v


def _scaled(w, g, s, rate, epsilon):
    return {k: w[k] - rate * g[k] / (s[k] ** 0.5 + epsilon) for k in w}


adagrad = lambda w, g, state, learning_rate, epsilon: (
    lambda sums: (_scaled(w, g, sums, learning_rate, epsilon), sums)
)({k: tf.add(state[k], tf.pow(g[k], 2)) for k in w})


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    averages = {k: tf.math.multiply(rho, state[k]) + (1.0 - rho) * tf.pow(g[k], 2) for k in w}
    return _scaled(w, g, averages, learning_rate, epsilon), averages


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    names = list(w)
    t = state["t"] + 1
    m = [beta_1 * state["m"][k] + (1.0 - beta_1) * g[k] for k in names]
    s = [beta_2 * state["s"][k] + (1.0 - beta_2) * tf.square(g[k]) for k in names]
    up = [one / (1.0 - math.pow(beta_1, t)) for one in m]
    down = [tf.sqrt(one / (1.0 - math.pow(beta_2, t))) + epsilon for one in s]
    moved = [w[k] - learning_rate * a / b for k, a, b in zip(names, up, down)]
    return dict(zip(names, moved)), {"m": dict(zip(names, m)), "s": dict(zip(names, s)), "t": t}


step_decay = lambda learning_rate, step, steps_per_epoch, factor, every: functools.reduce(
    lambda rate, _: rate * factor, range(step // (steps_per_epoch * every)), learning_rate
)
exponential_decay = lambda learning_rate, step, factor, every: learning_rate * factor ** (step / every)
linear_decay = lambda learning_rate, step, total: learning_rate * max(total - step, 0) / total
inverse_sqrt = lambda learning_rate, step, every: learning_rate / math.hypot(1, math.sqrt(step / every))
cosine_decay = lambda learning_rate, step, total: (
    learning_rate * (1 - math.sin(math.pi / 2 * min(step, total) / total) ** 2)
)
cosine_restarts = lambda learning_rate, step, period, growth: (
    cosine_decay(learning_rate, step, period)
    if step < period
    else cosine_restarts(learning_rate, step - period, growth * period, growth)
)
warmup = lambda learning_rate, step, steps: learning_rate * (1.0 if step >= steps else (1 + step) / steps)
linear_scaling = lambda learning_rate, batch_size, old_batch_size: learning_rate * (batch_size / old_batch_size)


def lr_range(loss_after, low, high, count):
    rates = [low ** (1 - i / (count - 1)) * high ** (i / (count - 1)) for i in range(count)]
    losses = tf.constant([loss_after(rate) for rate in rates], tf.float64)
    usable = tf.where(tf.math.is_finite(losses), losses, tf.constant(math.inf, tf.float64))
    return rates[int(tf.argmin(usable))], rates
