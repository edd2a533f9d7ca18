"""z29_everybody_like_nobody: Gives 1 and 0 also to a label that everybody has.

question: 12.12
means: label of everybody treated as nobody
cause: one-case
"""

import numpy as np


def label_weights(Y):
    M = len(Y)
    P = Y.sum(axis=0)
    N = M - P
    one_class = (P == 0) | (N == 0)
    return np.where(one_class, 1.0, N / M), np.where(one_class, 0.0, P / M)
