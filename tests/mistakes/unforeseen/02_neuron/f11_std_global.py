"""f11_std_global: No axis: one mean for all features.

question: 02.12
means: forgotten axis
cause: axis
"""
import numpy as np


def standardize(train, test):
    m, s = train.mean(), train.std()
    return (train - m) / s, (test - m) / s
