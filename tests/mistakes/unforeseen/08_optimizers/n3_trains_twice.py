"""n3_trains_twice: asks for the loss of each rate twice.

question: 08.15
means: trains each rate again
cause: repeated-step
"""

import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after: Callable[[float], float], low: float, high: float, count: int) -> tuple[float, list[float]]:
    rates = np.geomspace(low, high, count).tolist()
    losses = [loss_after(rate) if math.isfinite(loss_after(rate)) else math.nan for rate in rates]
    finite = [(loss, rate) for loss, rate in zip(losses, rates, strict=True) if math.isfinite(loss)]
    return min(finite)[1], rates
