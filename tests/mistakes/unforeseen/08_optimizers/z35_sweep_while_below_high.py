"""z35_sweep_while_below_high: multiplies until the rate is above high, so rounding may lose the last rate.

question: 08.15
means: last rate may be lost to rounding
cause: shape, off-by-one, early-end, rounding
"""

import math


def lr_range(loss_after, low, high, count):
    times = (high / low) ** (1 / (count - 1))
    rates, losses = [], []
    rate = low
    while rate <= high:
        rates.append(rate)
        loss = float(loss_after(rate))
        losses.append(loss if math.isfinite(loss) else math.inf)
        rate = rate * times
    return rates[losses.index(min(losses))], rates
