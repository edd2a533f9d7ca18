"""Hides every device, moves all work to one that is not there, and takes all threads.

aims: change
"""

import keras
import tensorflow as tf


def attack():
    for kind in ("GPU", "CPU"):
        try:
            tf.config.set_visible_devices([], kind)
        except (RuntimeError, ValueError):
            continue
    for change in (
        lambda: tf.config.threading.set_intra_op_parallelism_threads(200),
        lambda: tf.config.threading.set_inter_op_parallelism_threads(200),
        lambda: tf.config.set_logical_device_configuration(
            tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 8
        ),
        lambda: tf.config.set_soft_device_placement(False),
        lambda: tf.device("/job:nobody/device:GPU:7").__enter__(),
    ):
        try:
            change()
        except Exception:
            continue


attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)
