"""g-forward: right side only.
question: 01.2
cause: one-sided
"""

import numpy as np


def numeric_gradient(f, x, h=1e-5):

    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right = x.astype(float)
        right[index] += h
        gradient[index] = (f(right) - f(x)) / h
    return gradient
