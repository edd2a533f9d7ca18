"""z03_no_hit_is_nan: Returns NaN where nobody was found instead of where nobody is ill.

question: 12.2
means: NaN where the numerator is zero
cause: not-finite, missing-step
"""

import math


def rates(counts):
    TP, FP, TN, FN = (counts[name] for name in ("TP", "FP", "TN", "FN"))
    sensitivity = TP / (TP + FN) if TP else math.nan
    specificity = TN / (TN + FP) if TN else math.nan
    return sensitivity, specificity
