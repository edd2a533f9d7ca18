"""w19_pool_stride_is_size: windows never overlap.

question: 11.6
means: stride forgotten
cause: shape, not-used
"""
import math

import keras
import numpy as np
import tensorflow as tf


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    rows, columns = h // size, w // size
    return X[:, : rows * size, : columns * size].reshape(M, rows, size, columns, size, c).max(axis=(2, 4))
