"""z34_two_levels_only: Writes two loops for two levels and does not go deeper: a dict below counts by its own lists only.

question: 12.14
means: only two levels of the tree
cause: missing-step
"""

import numpy as np


def coarse_from_fine(P, taxonomy):
    nodes = {}
    for name, below in taxonomy.items():
        if isinstance(below, list):
            nodes[name] = P[:, below].sum(axis=1)
            continue
        total = np.zeros(len(P))
        for child, columns in below.items():
            if isinstance(columns, dict):
                columns = [c for part in columns.values() if isinstance(part, list) for c in part]
            nodes[child] = P[:, columns].sum(axis=1)
            total = total + nodes[child]
        nodes[name] = total
    return nodes
