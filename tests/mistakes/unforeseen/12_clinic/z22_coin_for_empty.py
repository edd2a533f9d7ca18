"""z22_coin_for_empty: Gives draws with an empty class an AUC of one half instead of leaving them out.

question: 12.9
means: empty draws count as one half
cause: missing-step
"""

import numpy as np


def bootstrap_interval(y, scores, patients, draws):
    areas = []
    for draw in draws:
        rows = np.concatenate([np.where(patients == p)[0] for p in draw])
        ill, well = scores[rows][y[rows] == 1], scores[rows][y[rows] == 0]
        if len(ill) == 0 or len(well) == 0:
            areas.append(0.5)
            continue
        wins = (ill[:, None] > well).sum() + 0.5 * (ill[:, None] == well).sum()
        areas.append(wins / (len(ill) * len(well)))
    return float(np.quantile(areas, 0.025)), float(np.quantile(areas, 0.975))
