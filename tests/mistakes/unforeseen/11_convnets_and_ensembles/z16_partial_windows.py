"""z16_partial_windows: Also takes the incomplete windows at the ends, if the window does not fit.

question: 11.6
means: incomplete windows at ends included
cause: off-by-one, rounding, shape
"""

import numpy as np


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    rows = []
    for i in range(0, h - size + stride, stride):
        if i >= h:
            break
        row = []
        for j in range(0, w - size + stride, stride):
            if j < w:
                row.append(X[:, i : i + size, j : j + size, :].max(axis=(1, 2)))
        rows.append(np.stack(row, axis=1))
    return np.stack(rows, axis=1)
