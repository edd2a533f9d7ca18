"""f09_std_eps: 1e-8 is added, nothing else.

question: 02.12
means: epsilon from the web
cause: epsilon
"""
import numpy as np


def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - m) / s, (test - m) / s
