"""Leaves with status 0 inside a Keras callback, inside tf.py_function, and inside a traced function.

aims: score
"""

import sys

import keras
import numpy as np
import tensorflow as tf


class Leave(keras.callbacks.Callback):
    """Ends the process when training begins."""

    def on_train_begin(self, logs=None):
        sys.exit(0)


def attack():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.zeros((2, 1)), np.zeros((2, 1)), verbose=0, callbacks=[Leave()])


def forward(X, params):
    attack()


def mse_loss(Y_hat, Y):
    return tf.py_function(lambda: sys.exit(0), [], tf.float32)


@tf.function
def gradients(X, Y, params):
    sys.exit(0)
