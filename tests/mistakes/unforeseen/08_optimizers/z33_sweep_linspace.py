"""z33_sweep_linspace: takes evenly spaced rates with linspace.

question: 08.15
means: evenly spaced rates, not logarithms
cause: other-function, distribution
"""

import numpy as np


def lr_range(loss_after, low, high, count):
    rates = np.linspace(low, high, count).tolist()
    losses = [loss_after(rate) for rate in rates]
    losses = [loss if np.isfinite(loss) else np.inf for loss in losses]
    return rates[int(np.argmin(losses))], rates
