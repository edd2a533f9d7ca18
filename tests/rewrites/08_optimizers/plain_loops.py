"""Plain loops, and names of the writer's own."""

import math

import numpy as np
import tensorflow as tf


def sgd(w, g, state, learning_rate):
    result = {}
    for key, value in w.items():
        result[key] = value - learning_rate * g[key]
    return result, state


def momentum(w, g, state, learning_rate, mu):
    new_weights = {}
    new_velocities = {}
    for key in w.keys():
        new_velocities[key] = state[key] * mu - g[key] * learning_rate
        new_weights[key] = w[key] + new_velocities[key]
    return new_weights, new_velocities


def nesterov(w, g, state, learning_rate, mu):
    new_weights = {}
    new_velocities = {}
    for key in w.keys():
        before = state[key]
        after = mu * before - learning_rate * g[key]
        # CS231n's form
        new_weights[key] = w[key] - mu * before + (1 + mu) * after
        new_velocities[key] = after
    return new_weights, new_velocities


def adagrad(w, g, state, learning_rate, epsilon):
    new_weights = {}
    sums = {}
    for key in w.keys():
        sums[key] = state[key] + g[key] * g[key]
        rate = learning_rate / (tf.sqrt(sums[key]) + epsilon)
        new_weights[key] = w[key] - rate * g[key]
    return new_weights, sums


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    new_weights = {}
    averages = {}
    for key in w.keys():
        averages[key] = state[key] + (1 - rho) * (g[key] ** 2 - state[key])
        rate = learning_rate / (tf.sqrt(averages[key]) + epsilon)
        new_weights[key] = w[key] - rate * g[key]
    return new_weights, averages


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    count = state["t"] + 1
    first = {}
    second = {}
    new_weights = {}
    for key in w.keys():
        first[key] = state["m"][key] * beta_1 + g[key] * (1 - beta_1)
        second[key] = state["s"][key] * beta_2 + g[key] * g[key] * (1 - beta_2)
    for key in w.keys():
        up = first[key] / (1 - beta_1**count)
        down = (second[key] / (1 - beta_2**count)) ** 0.5 + epsilon
        new_weights[key] = w[key] - learning_rate * up / down
    new_state = {}
    new_state["s"] = second
    new_state["m"] = first
    new_state["t"] = count
    return new_weights, new_state


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    rate = learning_rate
    for s in range(1, step + 1):
        if s % (steps_per_epoch * every) == 0:
            rate = rate * factor
    return rate


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * math.exp(math.log(factor) * step / every)


def linear_decay(learning_rate, step, total):
    if step >= total:
        return 0
    return learning_rate - learning_rate * step / total


def inverse_sqrt(learning_rate, step, every):
    return learning_rate * (1 + step / every) ** -0.5


def cosine_decay(learning_rate, step, total):
    if step >= total:
        return 0.0
    # half of 1 + cos(2x) is the square of cos(x)
    return learning_rate * math.cos(math.pi * step / total / 2) ** 2


def cosine_restarts(learning_rate, step, period, growth):
    begin = 0
    while True:
        end = begin + period
        if step < end:
            break
        begin = end
        period = period * growth
    return 0.5 * learning_rate * (1 + math.cos(math.pi * (step - begin) / (end - begin)))


def warmup(learning_rate, step, steps):
    if step < steps:
        return learning_rate * (step + 1) / steps
    else:
        return learning_rate


def linear_scaling(learning_rate, batch_size, old_batch_size):
    n = batch_size / old_batch_size
    return n * learning_rate


def lr_range(loss_after, low, high, count):
    ratio = (high / low) ** (1 / (count - 1))
    rates = []
    rate = low
    for _ in range(count):
        rates.append(rate)
        rate = rate * ratio
    best = None
    best_loss = math.inf
    for rate in rates:
        loss = float(loss_after(rate))
        if math.isnan(loss) or math.isinf(loss):
            continue
        if loss < best_loss:
            best, best_loss = rate, loss
    return best, rates
