"""w38_range_argmin: argmin of all losses.

question: 08.15
means: NaN wins
cause: not-finite, missing-step, one-case
"""
import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after, low, high, count):
    rates = np.geomspace(low, high, count)
    losses = [loss_after(r) for r in rates]
    return rates[np.argmin(losses)], list(rates)
