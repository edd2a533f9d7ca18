"""n2_trains_the_best_again: trains with the best rate once more.

question: 08.15
means: trains a rate again
cause: repeated-step
"""

import math

import numpy as np
import tensorflow as tf


def lr_range(loss_after: Callable[[float], float], low: float, high: float, count: int) -> tuple[float, list[float]]:
    rates = np.geomspace(low, high, count).tolist()
    losses = [loss_after(rate) for rate in rates]
    finite = [(loss, rate) for loss, rate in zip(losses, rates, strict=True) if math.isfinite(loss)]
    best = min(finite)[1]
    print("best loss", loss_after(best))
    return best, rates
