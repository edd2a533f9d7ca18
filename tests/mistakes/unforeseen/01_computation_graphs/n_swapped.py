"""n-swapped: y and 1 - y swapped.
question: 01.10
cause: weights-swapped, complement, arguments-swapped, partial-loss
"""

import numpy as np


def logistic_graph(x, w, b, y):
    z = b
    for wi, xi in zip(w, x):
        z = z + wi * xi
    y_hat = z.sigmoid()
    return -((1 - y) * y_hat.log() + y * (1 - y_hat).log())
