"""z02_nearly_equal: Takes scores that are nearly the threshold for equal to it.

question: 12.1
means: isclose instead of exact comparison
cause: comparison
"""

import numpy as np


def confusion(y, scores, threshold):
    called = (scores > threshold) | np.isclose(scores, threshold)
    TP = int((called & (y == 1)).sum())
    FP = int((called & (y == 0)).sum())
    return {"TP": TP, "FP": FP, "TN": int((y == 0).sum()) - FP, "FN": int((y == 1).sum()) - TP}
