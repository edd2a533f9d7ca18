"""z05_corners_only: Leaves out points that lie on a straight line between their neighbours, as scikit-learn does by default.

question: 12.3
means: points on straight lines dropped
cause: shape, incomplete, missing-step
"""

import numpy as np


def roc_curve(y, scores):
    thresholds = np.concatenate([[np.inf], np.sort(np.unique(scores))[::-1]])
    tp = np.array([np.sum((scores >= t) & (y == 1)) for t in thresholds])
    fp = np.array([np.sum((scores >= t) & (y == 0)) for t in thresholds])
    if len(thresholds) > 2:
        keep = np.r_[True, (np.diff(fp, 2) != 0) | (np.diff(tp, 2) != 0), True]
        tp, fp, thresholds = tp[keep], fp[keep], thresholds[keep]
    return fp / np.sum(y == 0), tp / np.sum(y == 1), thresholds
