"""z21_twice_counts_once: Asks with np.isin who is in a draw, so a patient who is drawn twice counts once.

question: 12.9
means: repeated patients counted only once
cause: counted-once
"""

import numpy as np


def area_of(y, scores):
    gap = scores[y == 1][:, None] - scores[y == 0]
    return np.mean(np.sign(gap) / 2 + 0.5) if gap.size else np.nan


def bootstrap_interval(y, scores, patients, draws):
    areas = []
    for draw in draws:
        rows = np.isin(patients, draw)
        areas.append(area_of(y[rows], scores[rows]))
    low, high = np.nanquantile(areas, [0.025, 0.975])
    return float(low), float(high)
