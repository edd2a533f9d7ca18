"""n-half: only y ln ŷ.
question: 01.10
cause: partial-loss, missing-term
"""

import numpy as np


def logistic_graph(x, w, b, y):
    z = b
    for wi, xi in zip(w, x):
        z = z + wi * xi
    y_hat = z.sigmoid()
    return -(y * y_hat.log())
