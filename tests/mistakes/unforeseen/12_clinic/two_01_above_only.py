"""two_01_above_only: Calls an image ill only above the threshold, and measures the frozen thresholds with that.

question: 12.1
also: 12.6
means: greater instead of greater or equal
cause: comparison
"""

import math

import numpy as np


def confusion(y, scores, threshold):
    called = scores > threshold
    return {
        "TP": int(np.sum(called[y == 1])),
        "FP": int(np.sum(called[y == 0])),
        "TN": int(np.sum(~called[y == 0])),
        "FN": int(np.sum(~called[y == 1])),
    }


def rates(counts):
    ill, well = counts["TP"] + counts["FN"], counts["TN"] + counts["FP"]
    return (counts["TP"] / ill if ill else math.nan), (counts["TN"] / well if well else math.nan)


def operating_point(y, scores, rate, least):
    steps = [*np.unique(scores).tolist(), math.inf]
    if rate == "sensitivity":
        return max(t for t in steps if np.mean(scores[y == 1] >= t) >= least)
    return min(t for t in steps if np.mean(scores[y == 0] < t) >= least)


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    points = {
        "screening": operating_point(y_dev, scores_dev, "sensitivity", least),
        "acting": operating_point(y_dev, scores_dev, "specificity", least),
    }
    answer = {}
    for use, t in points.items():
        se, sp = rates(confusion(y_test, scores_test, t))
        answer[use] = {"threshold": t, "sensitivity": se, "specificity": sp}
    return answer
