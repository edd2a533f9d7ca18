"""z06_order_as_given: Turns the scores round instead of sorting them, because they ascend in the example.

question: 12.3
means: scores assumed in ascending order
cause: order, missing-step
"""

import numpy as np


def roc_curve(y, scores):
    thresholds = np.array([np.inf, *dict.fromkeys(scores[::-1].tolist())])
    called = scores[None, :] >= thresholds[:, None]
    return called[:, y == 0].mean(axis=1), called[:, y == 1].mean(axis=1), thresholds
