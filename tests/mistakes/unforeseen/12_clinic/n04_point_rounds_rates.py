"""n04_point_rounds_rates: rates are rounded to two digits before they are compared.

question: 12.5
means: a rate just below the promise is taken
cause: rounding, comparison
"""

import numpy as np


def operating_point(y, scores, rate, least):
    thresholds = np.append(np.unique(scores), np.inf)
    called = scores >= thresholds[:, None]
    if rate == "sensitivity":
        return float(thresholds[np.round(called[:, y == 1].mean(axis=1), 2) >= least].max())
    return float(thresholds[np.round((~called)[:, y == 0].mean(axis=1), 2) >= least].min())
