"""s-tanh: 1 - s².
question: 01.7
cause: other-derivative
"""

import numpy as np


def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s, 1 - s**2
