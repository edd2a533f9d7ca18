"""n-bias-each: adds b for each feature.
question: 01.10
cause: repeated-step, extra-term
"""

import numpy as np


def logistic_graph(x, w, b, y):
    z = 0
    for wi, xi in zip(w, x):
        z = z + wi * xi + b
    y_hat = z.sigmoid()
    return -(y * y_hat.log() + (1 - y) * (1 - y_hat).log())
