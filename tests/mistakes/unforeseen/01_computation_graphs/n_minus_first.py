"""n-minus-first: -y ln ŷ + (1-y) ln(1-ŷ).
question: 01.10
cause: sign, parentheses
"""

import numpy as np


def logistic_graph(x, w, b, y):
    z = b
    for wi, xi in zip(w, x):
        z = z + wi * xi
    y_hat = z.sigmoid()
    return -y * y_hat.log() + (1 - y) * (1 - y_hat).log()
