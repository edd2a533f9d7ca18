"""f21_perc_noreturn: The return is forgotten.

question: 02.1
means: no return
cause: no-return
"""
import numpy as np


def perceptron(X, w, b):
    z = X @ w + b
    y = (z >= 0).astype(float)
