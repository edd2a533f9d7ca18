"""l-2: log2 and its right derivative.
question: 01.7
cause: logarithm
"""

import numpy as np


def log(x):
    return np.log2(x), 1 / (x * np.log(2))
