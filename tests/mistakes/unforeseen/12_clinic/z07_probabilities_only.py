"""z07_probabilities_only: Clips the scores to 0 and 1, since they must be probabilities.

question: 12.3
means: scores clipped to unit interval
cause: shape
"""

import numpy as np


def roc_curve(y, scores):
    scores = np.clip(scores, 0, 1)
    thresholds = np.append(np.inf, np.unique(scores)[::-1])
    fpr, tpr = [], []
    for t in thresholds:
        ill = scores >= t
        tpr.append((ill & (y == 1)).sum() / (y == 1).sum())
        fpr.append((ill & (y == 0)).sum() / (y == 0).sum())
    return np.array(fpr), np.array(tpr), thresholds
