"""w11_err_mean: np.mean of squares instead of half the sum, equal for the example with two points.

question: 02.5
means: a mean for half a sum
cause: other-function
"""
import numpy as np


def error(x, y, w, b):
    f = sigmoid(w * x + b)
    return float(np.mean((f - y) ** 2))
