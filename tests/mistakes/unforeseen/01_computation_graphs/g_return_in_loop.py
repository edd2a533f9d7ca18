"""g-return-in-loop: return stands inside of the loop.
question: 01.2
cause: early-end
"""

import numpy as np


def numeric_gradient(f, x, h=1e-5):

    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[index] = h
        gradient[index] = (f(x + e) - f(x - e)) / (2 * h)
        return gradient
