"""z09_two_hundred_thresholds: Adds up trapezoids at 200 evenly spaced thresholds between the lowest and the highest score.

question: 12.4
means: fixed grid of thresholds, not exact
cause: hard-coded
"""

import numpy as np


def auc(y, scores):
    ill, well = scores[y == 1], scores[y == 0]
    if not len(ill) or not len(well):
        return float("nan")
    grid = np.append(np.inf, np.linspace(scores.max(), scores.min(), 200))
    tpr = np.array([np.mean(ill >= t) for t in grid])
    fpr = np.array([np.mean(well >= t) for t in grid])
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
