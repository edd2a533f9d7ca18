"""w28_float64_transposed: features as rows, and double precision.

question: 05.7
means: other convention: columns are examples
cause: transpose
"""
import keras
import numpy as np
import tensorflow as tf


def prepare(images, labels, k):
    X = images.reshape(len(images), -1).T / 255
    Y = np.eye(k)[:, labels]
    return X, Y
