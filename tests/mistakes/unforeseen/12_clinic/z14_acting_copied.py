"""z14_acting_copied: Chooses both thresholds with the promised sensitivity; the second block is a copy of the first.

question: 12.6
means: acting chosen by sensitivity too
cause: one-case, arguments-swapped
"""

import math

import numpy as np


def confusion(y, scores, threshold):
    ill = scores >= threshold
    return {"TP": int((ill & (y == 1)).sum()), "FP": int((ill & (y == 0)).sum()),
            "TN": int((~ill & (y == 0)).sum()), "FN": int((~ill & (y == 1)).sum())}


def rates(counts):
    ill, well = counts["TP"] + counts["FN"], counts["TN"] + counts["FP"]
    return (counts["TP"] / ill if ill else math.nan), (counts["TN"] / well if well else math.nan)


def operating_point(y, scores, rate, least):
    steps = [*np.unique(scores).tolist(), math.inf]
    if rate == "sensitivity":
        return max(t for t in steps if np.mean(scores[y == 1] >= t) >= least)
    return min(t for t in steps if np.mean(scores[y == 0] < t) >= least)


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    result = {}
    for use in ("screening", "acting"):
        threshold = operating_point(y_dev, scores_dev, "sensitivity", least)
        sensitivity, specificity = rates(confusion(y_test, scores_test, threshold))
        result[use] = {"threshold": threshold, "sensitivity": sensitivity, "specificity": specificity}
    return result
