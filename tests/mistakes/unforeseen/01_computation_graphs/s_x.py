"""s-x: x (1 - x).
question: 01.7
cause: derivative-value, wrong-value
"""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x)), x * (1 - x)
