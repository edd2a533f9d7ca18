"""f10_std_rows: axis=1 for axis=0.

question: 02.12
means: wrong axis
"""
import numpy as np


def standardize(train, test):
    def one(A):
        s = A.std(axis=1, keepdims=True)
        return (A - A.mean(axis=1, keepdims=True)) / np.where(s == 0, 1, s)
    return one(train), one(test)
