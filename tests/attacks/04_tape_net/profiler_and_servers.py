"""Starts TensorFlow's profiler and a distributed server, and has them called, on loopback and on every interface.

aims: reach
"""

import contextlib
import os
import socket
import threading

import tensorflow as tf


def reach(port):
    for address in ("127.0.0.1", "::1", "0.0.0.0"):
        with contextlib.suppress(OSError), socket.create_connection((address, port), 0.3):
            print("ESCAPED a connection to", address, port, flush=True)


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    os.environ["GRPC_VERBOSITY"] = "NONE"

    def start(number, call):
        with contextlib.suppress(BaseException):
            call()
        reach(61990 + number)

    calls = (
        lambda: tf.profiler.experimental.server.start(61990),
        lambda: tf.distribute.Server({"worker": ["127.0.0.1:61991"]}, job_name="worker", task_index=0),
        lambda: tf.profiler.experimental.client.trace("grpc://127.0.0.1:61999", os.environ["HOME"], 100),
        lambda: tf.config.experimental_connect_to_host("127.0.0.1:61999"),
    )
    threads = [threading.Thread(target=start, args=item, daemon=True) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(1.0)


with contextlib.suppress(Exception):
    attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)
