"""Returns tensors and variables of 60 to 250 MB, strings of 100 MB, ragged and sparse ones, and a million losses.

aims: exhaust
"""

import itertools

import keras
import tensorflow as tf

KINDS = itertools.cycle(
    [
        lambda: tf.zeros((60_000_000,)),
        lambda: tf.fill((1000, 7500), tf.constant(0.5, tf.float64)),
        lambda: tf.constant(b"s" * 100_000_000),
        lambda: tf.fill((300_000,), "long text " * 3),
        lambda: tf.ragged.constant([[0.0] * (number % 7) for number in range(20_000)]),
        lambda: tf.sparse.from_dense(tf.eye(3000)),
        lambda: tf.ones((100_000_000,), tf.bool),
        lambda: tf.zeros((5000, 5000), tf.complex64),
        lambda: tf.zeros((0, 2**30, 2**30)),
        lambda: tf.Variable(tf.zeros((8000, 4000))),
    ]
)


def init_params(n, h, k, seed):
    return {name: tf.Variable(tf.zeros((4000, 4000))) for name in ("W1", "b1", "W2", "b2")}


def forward(X, params):
    return next(KINDS)()


def mse_loss(Y_hat, Y):
    return next(KINDS)()


def gradients(X, Y, params):
    return {name: next(KINDS)() for name in params}


def train(dataset, params, optimizer, epochs):
    for value in params.values():
        value._shape_as_list = lambda: [10**9]
    return [0.25] * 1_000_000


def train_compiled(dataset, params, optimizer, epochs):
    return tf.zeros((30_000_000,))


def make_dataset(X, Y, batch_size, seed):
    wide = tf.data.Dataset.from_tensors((tf.zeros((2000, 5000)), tf.zeros((2000, 5000))))
    return wide.repeat(50)


def sequential_twin(params):
    return keras.Sequential([keras.Input((5000,)), keras.layers.Dense(8000), keras.layers.Dense(1)])
