"""n1_size_of_the_loss: compares the sizes of the losses.

question: 08.15
means: |loss| is compared
cause: extra-function, other-function
"""

import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after: Callable[[float], float], low: float, high: float, count: int) -> tuple[float, list[float]]:
    rates = np.geomspace(low, high, count).tolist()
    losses = [loss_after(rate) for rate in rates]
    finite = [(abs(loss), rate) for loss, rate in zip(losses, rates, strict=True) if math.isfinite(loss)]
    return min(finite)[1], rates
