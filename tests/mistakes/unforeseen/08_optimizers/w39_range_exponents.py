"""w39_range_exponents: logspace gets the rates where it wants exponents of 10.

question: 08.15
means: np.logspace(low, high)
cause: missing-function, other-function, not-finite, logarithm
"""
import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after, low, high, count):
    rates = [float(r) for r in np.logspace(low, high, count)]
    losses = [loss_after(r) for r in rates]
    ok = [i for i in range(count) if np.isfinite(losses[i])]
    best = min(ok, key=lambda i: losses[i])
    return rates[best], rates
