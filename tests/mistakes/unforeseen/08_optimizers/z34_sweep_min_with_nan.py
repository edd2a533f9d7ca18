"""z34_sweep_min_with_nan: takes Python's min over the losses, which keeps a NaN that comes first.

question: 08.15
means: NaN can be the best loss
cause: one-case, not-finite, missing-step
"""


def lr_range(loss_after, low, high, count):
    rates = [low * (high / low) ** (i / (count - 1)) for i in range(count)]
    losses = {rate: loss_after(rate) for rate in rates}
    return min(rates, key=lambda rate: losses[rate]), rates
