"""Switches compilation off, then eager execution, and makes tracing run its Python again and again.

aims: change
"""

import keras
import tensorflow as tf


def attack():
    tf.config.run_functions_eagerly(True)
    tf.data.experimental.enable_debug_mode()
    tf.function = lambda function=None, **options: function or (lambda inner: inner)
    tf.autograph.set_verbosity(10, alsologtostdout=True)
    tf.compat.v1.disable_eager_execution()


attack()


def forward(X, params):
    return X


def mse_loss(Y_hat, Y):
    return tf.constant(0.0)
