"""A class for each family, and functions that call them."""

import math

import tensorflow as tf


class Optimizer:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def one(self, w, g, remembered):
        raise NotImplementedError

    def __call__(self, w, g, state):
        results = {name: self.one(w[name], g[name], state[name]) for name in w}
        return {name: one[0] for name, one in results.items()}, {name: one[1] for name, one in results.items()}


class Momentum(Optimizer):
    def __init__(self, learning_rate, mu, look_ahead):
        super().__init__(learning_rate)
        self.mu = mu
        self.look_ahead = look_ahead

    def one(self, w, g, v):
        push = self.learning_rate * g
        v = self.mu * v - push
        return (w + self.mu * v - push if self.look_ahead else w + v), v


class Scaling(Optimizer):
    def __init__(self, learning_rate, epsilon, old=1.0, new=1.0):
        super().__init__(learning_rate)
        self.epsilon = epsilon
        self.old, self.new = old, new

    def one(self, w, g, s):
        s = self.old * s + self.new * tf.math.square(g)
        return w - self.learning_rate * tf.divide(g, tf.math.sqrt(s) + self.epsilon), s


class Adam(Optimizer):
    def __init__(self, learning_rate, beta_1, beta_2, epsilon, t):
        super().__init__(learning_rate)
        self.betas = beta_1, beta_2
        self.epsilon = epsilon
        self.t = t

    def one(self, w, g, both):
        averages = [beta * old + (1 - beta) * new for beta, old, new in zip(self.betas, both, (g, g * g))]
        m, s = [one / (1 - beta**self.t) for one, beta in zip(averages, self.betas)]
        return w - self.learning_rate * m / (tf.sqrt(s) + self.epsilon), averages


def sgd(w, g, state, learning_rate):
    return tf.nest.map_structure(lambda a, b: a - learning_rate * b, w, g), state


def momentum(w, g, state, learning_rate, mu):
    return Momentum(learning_rate, mu, look_ahead=False)(w, g, state)


def nesterov(w, g, state, learning_rate, mu):
    return Momentum(learning_rate, mu, look_ahead=True)(w, g, state)


def adagrad(w, g, state, learning_rate, epsilon):
    return Scaling(learning_rate, epsilon)(w, g, state)


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    return Scaling(learning_rate, epsilon, rho, 1 - rho)(w, g, state)


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    both = {name: (state["m"][name], state["s"][name]) for name in w}
    moved, both = Adam(learning_rate, beta_1, beta_2, epsilon, t)(w, g, both)
    m, s = ({name: pair[place] for name, pair in both.items()} for place in (0, 1))
    return moved, {"t": t, "m": m, "s": s}


class Schedule:
    """A part of the rate, for each step."""

    def __init__(self, rate):
        self.rate = rate

    def at(self, step):
        return self.rate * self.part(step)


class Power(Schedule):
    def __init__(self, rate, factor, exponent):
        super().__init__(rate)
        self.part = lambda step: factor ** exponent(step)


class Until(Schedule):
    def __init__(self, rate, total, shape):
        super().__init__(rate)
        self.part = lambda step: shape(step / total) if step < total else 0.0


def wave(way):
    return (1 + math.cos(math.pi * way)) / 2


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    return Power(learning_rate, factor, lambda t: t // (steps_per_epoch * every)).at(step)


def exponential_decay(learning_rate, step, factor, every):
    return Power(learning_rate, factor, lambda t: t / every).at(step)


def linear_decay(learning_rate, step, total):
    return Until(learning_rate, total, lambda way: 1 - way).at(step)


def inverse_sqrt(learning_rate, step, every):
    return Power(learning_rate, 1 + step / every, lambda t: -1 / 2).at(step)


def cosine_decay(learning_rate, step, total):
    return Until(learning_rate, total, wave).at(step)


def cosine_restarts(learning_rate, step, period, growth):
    if step < period:
        return Until(learning_rate, period, wave).at(step)
    return cosine_restarts(learning_rate, step - period, period * growth, growth)


def warmup(learning_rate, step, steps):
    return learning_rate if step + 1 >= steps else learning_rate / steps * (step + 1)


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return learning_rate / old_batch_size * batch_size


def lr_range(loss_after, low, high, count):
    exponents = [math.log10(low) + i * (math.log10(high) - math.log10(low)) / (count - 1) for i in range(count)]
    rates = [10**exponent for exponent in exponents]
    tried = {rate: loss_after(rate) for rate in rates}
    healthy = [rate for rate in rates if math.isfinite(tried[rate])]
    return min(healthy, key=tried.get), rates
