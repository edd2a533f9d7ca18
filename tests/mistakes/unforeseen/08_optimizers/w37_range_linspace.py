"""w37_range_linspace: evenly spaced rates.

question: 08.15
means: linspace
cause: distribution, other-function, other-mean
"""
import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after, low, high, count):
    rates = np.linspace(low, high, count)
    losses = [loss_after(r) for r in rates]
    best = rates[int(np.nanargmin([l if np.isfinite(l) else np.nan for l in losses]))]
    return float(best), list(rates)
