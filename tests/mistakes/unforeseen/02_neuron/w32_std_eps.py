"""w32_std_eps: 1e-8 is added to the deviation instead of the case of 0, and ddof=1.

question: 02.12
means: two mistakes: epsilon and n-1
"""
import numpy as np


def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0, ddof=1) + 1e-8
    return (train - m) / s, (test - m) / s
