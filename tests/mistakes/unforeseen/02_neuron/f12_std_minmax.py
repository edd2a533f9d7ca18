"""f12_std_minmax: Scaled to [0, 1] by minimum and maximum.

question: 02.12
means: another scaling
cause: other-function
"""
import numpy as np


def standardize(train, test):
    lo, hi = train.min(axis=0), train.max(axis=0)
    d = np.where(hi == lo, 1, hi - lo)
    return (train - lo) / d, (test - lo) / d
