"""g-own-derivative: hands f of single numbers to numeric_derivative.
question: 01.2
cause: wrong-value
"""

import numpy as np


def numeric_gradient(f, x, h=1e-5):

    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        gradient[index] = numeric_derivative(f, x[index], h)
    return gradient
