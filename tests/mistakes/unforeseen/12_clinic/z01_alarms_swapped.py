"""z01_alarms_swapped: Exchanges false positives and false negatives.

question: 12.1
means: FP and FN exchanged
cause: returned-swapped
"""

import numpy as np


def confusion(y, scores, threshold):
    ill = scores >= threshold
    return {
        "TP": int(np.sum(ill & (y == 1))),
        "FP": int(np.sum(~ill & (y == 1))),
        "TN": int(np.sum(~ill & (y == 0))),
        "FN": int(np.sum(ill & (y == 0))),
    }
