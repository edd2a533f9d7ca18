"""Returns data sets and models that never come to an end, or that take seconds an element.

aims: exhaust
"""

import time

import keras
import tensorflow as tf


def slowly():
    end = time.monotonic() + 20
    while time.monotonic() < end:
        time.sleep(0.5)
        yield 0.0, 0.0


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_generator(slowly, output_types=(tf.float32, tf.float32)).repeat()


def train(dataset, params, optimizer, epochs):
    return (0.0 for _ in range(10**12))


def train_compiled(dataset, params, optimizer, epochs):
    end = tf.timestamp() + 20.0
    # an element that is never found, looked for in C++
    list(tf.data.Dataset.range(2**40).take_while(lambda _: tf.timestamp() < end).filter(lambda number: number < 0))


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)
