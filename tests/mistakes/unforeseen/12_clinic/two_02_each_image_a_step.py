"""two_02_each_image_a_step: Makes each image a step of its own also with equal scores, and adds up trapezoids below that curve.

question: 12.3
also: 12.4
means: ties are not one step
cause: shape, missing-step
"""

import math

import numpy as np


def roc_curve(y, scores):
    order = np.argsort(-scores, kind="stable")
    y, scores = y[order], scores[order]
    tpr = np.concatenate([[0.0], np.cumsum(y == 1) / np.sum(y == 1)])
    fpr = np.concatenate([[0.0], np.cumsum(y == 0) / np.sum(y == 0)])
    return fpr, tpr, np.concatenate([[np.inf], scores])


def auc(y, scores):
    if len(set(y.tolist())) < 2:
        return math.nan
    fpr, tpr, _ = roc_curve(y, scores)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
