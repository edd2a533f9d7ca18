"""n06_point_next_promise: counts the needed ones with round, and so keeps a promise that is a little less.

question: 12.5
means: the number of people is rounded
cause: rounding, comparison, other-function
"""

import math

import numpy as np


def operating_point(y, scores, rate, least):
    if rate == "sensitivity":
        ill = np.sort(scores[y == 1])[::-1]
        return float(ill[max(round(least * len(ill)), 1) - 1])
    well = np.sort(scores[y == 0])
    highest = well[max(round(least * len(well)), 1) - 1]
    above = scores[scores > highest]
    return float(above.min()) if len(above) else math.inf
