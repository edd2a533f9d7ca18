"""n4_trains_between: trains with a rate between two as well.

question: 08.15
means: trains a rate that is not in the list
cause: repeated-step, wrong-value
"""

import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after: Callable[[float], float], low: float, high: float, count: int) -> tuple[float, list[float]]:
    rates = np.geomspace(low, high, count).tolist()
    losses = [loss_after(rate) for rate in rates]
    finite = [(loss, rate) for loss, rate in zip(losses, rates, strict=True) if math.isfinite(loss)]
    loss_after(math.sqrt(low * high) * 1.01)
    return min(finite)[1], rates
