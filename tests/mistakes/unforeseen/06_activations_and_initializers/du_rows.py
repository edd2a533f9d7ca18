"""du_rows: counts rows.

question: 06.16
means: rows for columns
cause: transpose
"""
import math

import keras
import numpy as np
import tensorflow as tf


def different_units(W):
    W = W.numpy()
    tol = 1e-5 * np.abs(W).max()
    kept = []
    for row in W:
        if all(np.abs(row - k).max() > tol for k in kept):
            kept.append(row)
    return len(kept)
