"""z12_thresholds_of_the_ill: Tries only the scores of ill images as thresholds.

question: 12.5
means: scores of the well not tried
cause: wrong-source
"""

import numpy as np


def operating_point(y, scores, rate, least):
    ill, well = np.sort(scores[y == 1]), scores[y == 0]
    if rate == "sensitivity":
        return float(max(t for t in ill if (ill >= t).mean() >= least))
    for t in ill:
        if (well < t).mean() >= least:
            return float(t)
    return float("inf")
