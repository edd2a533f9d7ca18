"""Reads and writes address zero, and jumps to it, in each call.

aims: exhaust
"""

import ctypes

import numpy as np


def sigmoid(Z):
    return ctypes.string_at(0)


def mse_loss(Y_hat, Y):
    ctypes.memset(0, 1, 8)
    return 0.0


def softmax(Z):
    return ctypes.CFUNCTYPE(None)(0)()


def forward(X, params):
    # a reference that was never owned: the interpreter falls over it later
    ctypes.pythonapi.Py_DecRef.argtypes = [ctypes.py_object]
    for _ in range(2000):
        ctypes.pythonapi.Py_DecRef(None)
        ctypes.pythonapi.Py_DecRef(X)
    return {"Y_hat": X}
