"""w07_auc_left_rectangles: adds rectangles below the curve instead of trapezoids.

question: 12.4
means: ties counted on one side
cause: other-function, missing-term, missing-factor
"""
import math

import numpy as np
import tensorflow as tf


def auc(y, scores):
    if len(set(y.tolist())) < 2:
        return math.nan
    t = np.r_[np.inf, np.unique(scores)[::-1]]
    tpr = np.array([(scores[y == 1] >= x).mean() for x in t])
    fpr = np.array([(scores[y == 0] >= x).mean() for x in t])
    return float(np.sum(np.diff(fpr) * tpr[:-1]))
