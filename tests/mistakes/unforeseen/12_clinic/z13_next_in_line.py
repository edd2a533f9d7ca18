"""z13_next_in_line: Sorts, counts enough of the well, and takes the next score in line, although it may be equal.

question: 12.5
means: ties ignored for the specificity
cause: missing-step
"""

import math

import numpy as np


def operating_point(y, scores, rate, least):
    order = np.argsort(scores, kind="stable")
    labels, sorted_scores = y[order], scores[order]
    if rate == "sensitivity":
        ill = int(labels.sum())
        need = math.ceil(least * ill - 1e-9)
        return float(np.sort(scores[y == 1])[ill - need])
    well = np.cumsum(labels == 0) / (labels == 0).sum()
    place = int(np.argmax(well >= least)) + 1
    return float(sorted_scores[place]) if place < len(scores) else math.inf
