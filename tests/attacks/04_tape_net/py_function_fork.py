"""Forks inside TensorFlow's own threads, in py_function and in a data set's map, where locks are held.

aims: stay
"""

import os
import time

import keras
import tensorflow as tf


def fork(value):
    if os.fork() == 0:
        try:
            os.setsid()
            time.sleep(30)
        finally:
            os._exit(0)
    return value


@tf.function
def traced(value):
    return tf.py_function(fork, [value], tf.float32)


def attack():
    traced(tf.constant(1.0))
    for _ in tf.data.Dataset.range(4).map(lambda n: tf.numpy_function(fork, [n], tf.int64), num_parallel_calls=4):
        pass
    # and then TensorFlow itself in a child, which hangs
    if os.fork() == 0:
        try:
            tf.matmul(tf.ones((200, 200)), tf.ones((200, 200)))
            time.sleep(20)
        finally:
            os._exit(0)


def forward(X, params):
    attack()
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    attack()
    return tf.zeros((), Y_hat.dtype)
