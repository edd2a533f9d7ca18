"""f02_err_nohalf: The half is forgotten.

question: 02.5
means: constant factor
cause: factor-two
"""
import numpy as np


def error(x, y, w, b):
    f = sigmoid(w * x + b)
    return float(np.sum((f - y) ** 2))
