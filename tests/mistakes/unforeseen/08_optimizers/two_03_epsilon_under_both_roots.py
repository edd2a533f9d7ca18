"""two_03_epsilon_under_both_roots: adds epsilon under the root in AdaGrad and in RMSProp, by one helper for the step.

question: 08.4
means: epsilon under the root
cause: inside-root
"""

import tensorflow as tf


def scaled_step(w, g, s, learning_rate, epsilon):
    return {name: w[name] - learning_rate * g[name] / tf.sqrt(s[name] + epsilon) for name in w}


def adagrad(w, g, state, learning_rate, epsilon):
    s = {name: state[name] + tf.square(g[name]) for name in w}
    return scaled_step(w, g, s, learning_rate, epsilon), s


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    s = {name: rho * state[name] + (1 - rho) * tf.square(g[name]) for name in w}
    return scaled_step(w, g, s, learning_rate, epsilon), s
