"""g-float32: float32 for speed.
question: 01.2
cause: rounding, dtype
"""

import numpy as np


def numeric_gradient(f, x, h=1e-5):

    x = x.astype(np.float32)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient
