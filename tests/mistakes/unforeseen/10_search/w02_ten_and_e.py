"""w02_ten_and_e: the logarithm to base 10, and back with e.

question: 10.1
means: two logarithms mixed up
cause: logarithm, distribution, other-function
"""

import numpy as np


def log_uniform(low, high, rng, size=None):
    drawn = np.exp(rng.uniform(np.log10(low), np.log10(high), size))
    return float(drawn) if size is None else drawn
