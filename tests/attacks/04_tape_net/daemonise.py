"""Leaves a daemon behind (double fork, setsid) that sleeps 60 s and writes a file into HOME.

aims: stay
"""

import os
import time
from pathlib import Path

import keras
import tensorflow as tf


def daemon():
    """Start one process that outlives its parents, for 60 s at most."""
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    home = Path(os.environ.get("HOME", "."))
    try:
        (home / "daemon_began.txt").write_text(str(os.getpid()))
        for _ in range(60):
            time.sleep(1)
        (home / "daemon_ended.txt").write_text("still here")
    finally:
        os._exit(0)


daemon()


def init_params(n, h, k, seed):
    raise NotImplementedError("04.1: init_params")


def forward(X, params):
    raise NotImplementedError("04.2: forward")


def mse_loss(Y_hat, Y):
    raise NotImplementedError("04.3: mse_loss")


def gradients(X, Y, params):
    raise NotImplementedError("04.4: gradients")


def train_step(X, Y, params, optimizer):
    raise NotImplementedError("04.5: train_step")


def make_dataset(X, Y, batch_size, seed):
    raise NotImplementedError("04.6: make_dataset")


def train(dataset, params, optimizer, epochs):
    raise NotImplementedError("04.7: train")


def train_compiled(dataset, params, optimizer, epochs):
    raise NotImplementedError("04.8: train_compiled")


def sequential_twin(params):
    raise NotImplementedError("04.9: sequential_twin")
