"""w31_std_own: The test examples are scaled by their own mean and deviation.

question: 02.12
means: test learns from the test
cause: wrong-source
"""
import numpy as np


def standardize(train, test):
    def one(A):
        s = A.std(axis=0)
        return (A - A.mean(axis=0)) / np.where(s == 0, 1, s)
    return one(train), one(test)
