"""z23_two_eyes_each: Takes two images of each patient, the first and the last, because everybody has two eyes.

question: 12.9
means: two images assumed for everybody
cause: one-example, incomplete
"""

import numpy as np


def bootstrap_interval(y, scores, patients, draws):
    eyes = {}
    for p in np.unique(patients):
        own = np.flatnonzero(patients == p)
        eyes[p] = [own[0], own[-1]]
    areas = []
    for draw in draws:
        rows = np.array([eyes[p] for p in draw]).ravel()
        ill, well = scores[rows[y[rows] == 1]], scores[rows[y[rows] == 0]]
        if ill.size and well.size:
            areas.append(((ill[:, None] > well).mean() + (ill[:, None] >= well).mean()) / 2)
    low, high = np.quantile(areas, [0.025, 0.975])
    return float(low), float(high)
