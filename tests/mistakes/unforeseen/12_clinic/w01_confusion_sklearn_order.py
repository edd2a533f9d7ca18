"""w01_confusion_sklearn_order: returns the matrix of scikit-learn, TN first, in a list.

question: 12.1
means: an array instead of a dict
cause: kind
"""
import math

import numpy as np
import tensorflow as tf


def confusion(y, scores, threshold):
    pred = (scores >= threshold).astype(int)
    m = np.zeros((2, 2), int)
    for a, b in zip(y, pred):
        m[a, b] += 1
    return m
