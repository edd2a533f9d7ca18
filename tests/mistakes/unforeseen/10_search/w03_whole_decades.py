"""w03_whole_decades: the exponent is a whole number: 10 ** randint.

question: 10.1
means: orders of magnitude only
cause: distribution, rounding
"""

import numpy as np


def log_uniform(low, high, rng, size=None):
    exponent = rng.integers(round(np.log10(low)), round(np.log10(high)) + 1, size)
    return float(10.0**exponent) if size is None else 10.0**exponent
