"""log-uniform-base-mixed: the logarithm to base 10 is undone with base e.
question: 10.1
cause: logarithm, distribution, other-function
"""


def log_uniform(low, high, rng, size=None):
    drawn = np.exp(rng.uniform(np.log10(low), np.log10(high), size=size))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
