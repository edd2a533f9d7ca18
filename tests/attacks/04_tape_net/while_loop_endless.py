"""Loops inside a compiled graph, where no Python signal is heard, for 20 s.

aims: exhaust
"""

import keras
import tensorflow as tf


@tf.function
def attack():
    end = tf.timestamp() + 20.0
    return tf.while_loop(lambda turn: tf.timestamp() < end, lambda turn: (turn + 1,), (tf.constant(0),))


def forward(X, params):
    attack()
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    attack()
    return tf.zeros((), Y_hat.dtype)
