"""z15_acting_on_development: Measures the second operating point on the development set.

question: 12.6
means: acting measured on development set
cause: wrong-source
"""

import math

import numpy as np


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    def measure(y, scores, t):
        ill, well = scores[y == 1], scores[y == 0]
        return {
            "threshold": float(t),
            "sensitivity": float(np.mean(ill >= t)) if len(ill) else math.nan,
            "specificity": float(np.mean(well < t)) if len(well) else math.nan,
        }

    steps = np.append(np.unique(scores_dev), np.inf)
    high = max(t for t in steps if measure(y_dev, scores_dev, t)["sensitivity"] >= least)
    low = min(t for t in steps if measure(y_dev, scores_dev, t)["specificity"] >= least)
    return {"screening": measure(y_test, scores_test, high), "acting": measure(y_dev, scores_dev, low)}
