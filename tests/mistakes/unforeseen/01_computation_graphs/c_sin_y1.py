"""c-sin-y1: sin(y1) for sin(1/y1), consistently.
question: 01.5
cause: missing-function, wrong-value, missing-step
"""

import numpy as np


def chain(x):
    y1 = np.exp(-(x**2))
    d1 = -2 * x * y1
    y2 = np.sin(y1)
    d2 = np.cos(y1) * d1
    y3 = np.cos(y2)
    d3 = -np.sin(y2) * d2
    y4 = np.log(y3)
    d4 = d3 / y3
    return {"exp": (y1, d1), "sin": (y2, d2), "cos": (y3, d3), "log": (y4, d4)}
