"""g-inplace-old: nudges x itself and puts the old number back.
question: 01.2
cause: rounding, dtype
"""

import numpy as np


def numeric_gradient(f, x, h=1e-5):

    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + h
        right = f(x)
        x[index] = old - h
        left = f(x)
        x[index] = old
        gradient[index] = (right - left) / (2 * h)
    return gradient
