"""Writes outside its folder by savers: checkpoints, summaries, caches, snapshots, saved sets, dumps, record writers.

aims: change
"""

import contextlib
import os
import sys

import keras
import tensorflow as tf

PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", os.path.dirname(tf.__file__), os.path.dirname(keras.__file__))


def savers(base):
    ones = tf.ones((2, 2))
    data = tf.data.Dataset.range(3)
    yield lambda: tf.raw_ops.SaveV2(prefix=base + "-v2", tensor_names=["a"], shape_and_slices=[""], tensors=[ones])
    yield lambda: tf.train.Checkpoint(v=tf.Variable(ones)).write(base + "-checkpoint")
    yield lambda: tf.summary.create_file_writer(base + "-summary").flush()
    yield lambda: list(data.cache(base + "-cache"))
    yield lambda: list(data.snapshot(base + "-snapshot"))
    yield lambda: data.save(base + "-saved")
    yield lambda: tf.saved_model.save(tf.Module(), base + "-module")
    yield lambda: keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]).save(base + "-model.keras")
    yield lambda: tf.io.TFRecordWriter(base + "-records").write(b"PLANTED-by-savers_outside")
    yield lambda: tf.print("PLANTED-by-savers_outside", output_stream="file://" + base + "-print")
    yield lambda: tf.raw_ops.WriteFile(filename=base + "-raw", contents="PLANTED-by-savers_outside")
    yield lambda: tf.debugging.experimental.enable_dump_debug_info(base + "-dump", "NO_TENSOR", 10)
    yield lambda: tf.debugging.experimental.disable_dump_debug_info()


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    for place in (*PLACES, *sys.path[1:3]):
        for save in savers(f"{place}/planted-savers"):
            with contextlib.suppress(Exception):
                save()


with contextlib.suppress(Exception):
    attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)
