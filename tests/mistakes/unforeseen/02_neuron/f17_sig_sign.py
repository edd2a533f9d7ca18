"""f17_sig_sign: The two branches are exchanged.

question: 02.4
means: where exchanged
cause: sign
"""
import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, 1 / (1 + e), e / (1 + e))
