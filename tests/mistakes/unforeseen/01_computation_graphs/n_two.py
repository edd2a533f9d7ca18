"""n-two: minus lost and bias lost.
question: 01.10
cause: sign, missing-term, not-used, zero
"""

import numpy as np


def logistic_graph(x, w, b, y):
    z = 0
    for wi, xi in zip(w, x):
        z = z + wi * xi
    y_hat = z.sigmoid()
    return y * y_hat.log() + (1 - y) * (1 - y_hat).log()
