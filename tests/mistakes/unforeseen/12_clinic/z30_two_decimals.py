"""z30_two_decimals: Rounds the weights to two decimals.

question: 12.12
means: weights rounded to two decimals
cause: rounding
"""

import numpy as np


def label_weights(Y):
    positives = np.count_nonzero(Y, axis=0)
    negatives = Y.shape[0] - positives
    return np.round(negatives / Y.shape[0], 2), np.round(positives / Y.shape[0], 2)
