"""w05_roc_drop_collinear: leaves out points on a straight line, as scikit-learn does by default.

question: 12.3
means: points are missing
cause: shape, incomplete, missing-step
"""
import math

import numpy as np
import tensorflow as tf


def roc_curve(y, scores):
    t = np.unique(scores)[::-1]
    tp = np.array([((scores >= x) & (y == 1)).sum() for x in t])
    fp = np.array([((scores >= x) & (y == 0)).sum() for x in t])
    keep = np.r_[True, np.logical_or(np.diff(fp, 2), np.diff(tp, 2)), True]
    tp, fp, t = tp[keep], fp[keep], t[keep]
    return np.r_[0, fp / fp[-1]], np.r_[0, tp / tp[-1]], np.r_[np.inf, t]
