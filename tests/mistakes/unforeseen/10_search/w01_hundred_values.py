"""w01_hundred_values: one of a hundred evenly spaced values is picked.

question: 10.1
means: a fine grid is as good as a draw
cause: distribution
"""

import numpy as np


def log_uniform(low, high, rng, size=None):
    picked = rng.choice(np.geomspace(low, high, 100), size=size)
    return float(picked) if size is None else picked
