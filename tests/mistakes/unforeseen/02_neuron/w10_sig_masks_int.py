"""w10_sig_masks_int: Only the positive side is treated with e^-|z|; the where is forgotten.

question: 02.4
means: abs without the second form: symmetric
cause: one-case
"""
import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return 1 / (1 + e)
