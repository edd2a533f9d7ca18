"""g-all: nudges all entries at once.
question: 01.2
cause: wrong-value
"""

import numpy as np


def numeric_gradient(f, x, h=1e-5):

    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        gradient[index] = (f(x + h) - f(x - h)) / (2 * h)
    return gradient
