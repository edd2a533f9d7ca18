"""w33_std_inplace: train and test are changed in place.

question: 02.12
means: in-place changes, and the constant feature is right
cause: changes-argument
"""
import numpy as np


def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s[s == 0] = 1
    train -= m
    train /= s
    test -= m
    test /= s
    return train, test
