"""f01_err_halfmean: Half the mean: 1/(2M) from another course.

question: 02.5
means: mean for sum
cause: mean-twice
"""
import numpy as np


def error(x, y, w, b):
    f = sigmoid(w * x + b)
    return float(np.sum((f - y) ** 2) / (2 * len(x)))
