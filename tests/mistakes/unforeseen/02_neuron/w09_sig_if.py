"""w09_sig_if: if z >= 0 on an array.

question: 02.4
means: scalar if on an array
cause: raises
"""
import numpy as np


def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))
