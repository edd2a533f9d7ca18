"""w40_range_index: the number of the best rate is returned.

question: 08.15
means: index instead of rate
cause: wrong-value, kind
"""
import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after, low, high, count):
    rates = list(np.geomspace(low, high, count))
    losses = np.array([loss_after(r) for r in rates])
    losses[~np.isfinite(losses)] = 1e30
    return int(losses.argmin()), rates
