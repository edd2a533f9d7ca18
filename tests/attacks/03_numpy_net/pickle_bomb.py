"""Returns objects that run code when they are unpickled, compared, copied or made into arrays.

aims: score
"""

import os
import pickle

import numpy as np


class Bomb:
    """Runs a command wherever it is unpickled, and looks like whatever it is asked for."""

    def __reduce__(self):
        return os.system, ("echo PLANTED-by-pickle_bomb > ${TMPDIR:-/tmp}/planted-pickle_bomb",)

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("made into an array")

    def __eq__(self, other):
        return True

    def __float__(self):
        return 0.0


class BombArray(np.ndarray):
    """An array that is a bomb."""

    def __reduce__(self):
        return Bomb().__reduce__()

    def __reduce_ex__(self, protocol):
        return Bomb().__reduce__()


def sigmoid(Z):
    return Bomb()


def softmax(Z):
    return np.zeros_like(Z).view(BombArray)


def mse_loss(Y_hat, Y):
    return pickle.dumps(Bomb())


def forward(X, params):
    return {name: np.array([Bomb()], dtype=object) for name in ("X", "Z1", "H", "Y_hat")}


def init_params(n, h, k, rng):
    return {Bomb().__reduce__()[1][0]: Bomb()}
