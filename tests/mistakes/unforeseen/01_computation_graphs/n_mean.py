"""n-mean: mean of w x for the sum.
question: 01.10
cause: averaged, mean-twice, wrong-count
"""

import numpy as np


def logistic_graph(x, w, b, y):
    z = 0
    for wi, xi in zip(w, x):
        z = z + wi * xi
    z = z / len(x) + b
    y_hat = z.sigmoid()
    return -(y * y_hat.log() + (1 - y) * (1 - y_hat).log())
