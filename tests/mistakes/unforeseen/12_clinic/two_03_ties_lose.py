"""two_03_ties_lose: Counts only pairs in which the ill one is higher, and takes that area in the bootstrap.

question: 12.4
also: 12.9
means: ties count nothing
cause: missing-term
"""

import numpy as np


def auc(y, scores):
    ill, well = scores[y == 1], scores[y == 0]
    if len(ill) * len(well) == 0:
        return float("nan")
    return float(np.mean(ill[:, None] > well[None, :]))


def bootstrap_interval(y, scores, patients, draws):
    areas = []
    for draw in draws:
        rows = np.concatenate([np.flatnonzero(patients == p) for p in draw])
        areas.append(auc(y[rows], scores[rows]))
    areas = np.array(areas)
    low, high = np.quantile(areas[~np.isnan(areas)], [0.025, 0.975])
    return float(low), float(high)
