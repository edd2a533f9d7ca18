"""n05_point_rounds_threshold: returns the threshold with three digits.

question: 12.5
means: the threshold is no score
cause: rounding
"""

import numpy as np


def operating_point(y, scores, rate, least):
    thresholds = np.append(np.unique(scores), np.inf)
    called = scores >= thresholds[:, None]
    if rate == "sensitivity":
        return round(float(thresholds[called[:, y == 1].mean(axis=1) >= least].max()), 3)
    return round(float(thresholds[(~called)[:, y == 0].mean(axis=1) >= least].min()), 3)
