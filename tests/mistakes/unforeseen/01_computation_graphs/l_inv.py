"""l-inv: derivative e^x... 1/ln x.
question: 01.7
cause: other-derivative, wrong-value, derivative-value, extra-function
"""

import numpy as np


def log(x):
    return np.log(x), 1 / np.log(x)
