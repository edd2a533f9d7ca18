"""z08_never_below_half: Returns the larger of the area and 1 minus the area, because an AUC below 0.5 can be turned round.

question: 12.4
means: areas below half are mirrored
cause: extra-function, complement
"""

import numpy as np


def auc(y, scores):
    ill, well = scores[y == 1], scores[y == 0]
    if len(ill) == 0 or len(well) == 0:
        return float("nan")
    gap = ill[:, None] - well[None, :]
    area = float(((gap > 0) + 0.5 * (gap == 0)).mean())
    return max(area, 1 - area)
