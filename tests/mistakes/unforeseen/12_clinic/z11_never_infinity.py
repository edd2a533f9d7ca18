"""z11_never_infinity: Looks at the scores alone and returns the highest where none is specific enough.

question: 12.5
means: infinity never returned
cause: start-value, missing-step
"""

import numpy as np


def operating_point(y, scores, rate, least):
    candidates = np.unique(scores)
    if rate == "sensitivity":
        good = [t for t in candidates if np.mean(scores[y == 1] >= t) >= least]
        return float(max(good))
    good = [t for t in candidates if np.mean(scores[y == 0] < t) >= least]
    return float(min(good)) if good else float(candidates[-1])
