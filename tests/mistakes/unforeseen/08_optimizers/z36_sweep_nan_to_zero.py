"""z36_sweep_nan_to_zero: cleans the losses with nan_to_num, which makes 0 of a NaN and thus the best loss.

question: 08.15
means: NaN is turned into loss 0
cause: one-case, wrong-value, constant
"""

import numpy as np


def lr_range(loss_after, low, high, count):
    rates = [float(rate) for rate in np.geomspace(low, high, count)]
    losses = np.nan_to_num(np.array([loss_after(rate) for rate in rates], dtype=float))
    return rates[int(losses.argmin())], rates
