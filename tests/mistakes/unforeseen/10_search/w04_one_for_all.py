"""w04_one_for_all: one number is drawn, and repeated for the whole array.

question: 10.1
means: forgot to hand size to the generator
cause: same-draws, distribution
"""

import numpy as np


def log_uniform(low, high, rng, size=None):
    drawn = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    return drawn if size is None else np.full(size, drawn)
