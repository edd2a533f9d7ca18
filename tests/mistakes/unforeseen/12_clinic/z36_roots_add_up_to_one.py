"""z36_roots_add_up_to_one: Divides all nodes so that the top ones add up to 1.

question: 12.14
means: probabilities normalised again
cause: normalised
"""

import numpy as np


def coarse_from_fine(P, taxonomy):
    nodes = {}

    def visit(name, below):
        if isinstance(below, dict):
            value = sum(visit(child, rest) for child, rest in below.items())
        else:
            value = P[:, below].sum(axis=1)
        nodes[name] = value
        return value

    total = sum(visit(name, below) for name, below in taxonomy.items())
    return {name: value / total for name, value in nodes.items()}
