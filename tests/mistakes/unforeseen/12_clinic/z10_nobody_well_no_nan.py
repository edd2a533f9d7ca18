"""z10_nobody_well_no_nan: Looks whether somebody is ill but not whether somebody is well.

question: 12.4
means: empty well class divides by zero
cause: raises
"""

import math


def auc(y, scores):
    if y.sum() == 0:
        return math.nan
    ill = [s for s, label in zip(scores.tolist(), y.tolist()) if label == 1]
    well = [s for s, label in zip(scores.tolist(), y.tolist()) if label == 0]
    wins = 0.0
    for a in ill:
        for b in well:
            if a > b:
                wins += 1
            elif a == b:
                wins += 0.5
    return wins / (len(ill) * len(well))
