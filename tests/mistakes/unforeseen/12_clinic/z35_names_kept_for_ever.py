"""z35_names_kept_for_ever: Collects into a default argument, so names of the tree before are in the next answer.

question: 12.14
means: mutable default keeps old nodes
cause: accumulation
"""

import numpy as np


def coarse_from_fine(P, taxonomy, nodes={}):
    for name, below in taxonomy.items():
        if isinstance(below, dict):
            coarse_from_fine(P, below, nodes)
            nodes[name] = sum(nodes[child] for child in below)
        else:
            nodes[name] = np.sum(P[:, below], axis=1)
    return nodes
