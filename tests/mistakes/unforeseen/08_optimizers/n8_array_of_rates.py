"""n8_array_of_rates: hands all rates back in an array.

question: 08.15
means: an array
right: the docstring allows an array
"""

import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after: Callable[[float], float], low: float, high: float, count: int) -> tuple[float, list[float]]:
    rates = np.geomspace(low, high, count)
    losses = [loss_after(rate) for rate in rates]
    finite = [(loss, rate) for loss, rate in zip(losses, rates, strict=True) if math.isfinite(loss)]
    return float(min(finite)[1]), rates
