"""du_norm: compares column sums instead of entries.

question: 06.16
means: sum of columns
"""
import math

import keras
import numpy as np
import tensorflow as tf


def different_units(W):
    W = W.numpy()
    sums = np.round(W.sum(axis=0), 5)
    return len(set(sums.tolist()))
