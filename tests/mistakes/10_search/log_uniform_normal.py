"""log-uniform-normal: the logarithm is normal, cut at the ends.
question: 10.1
cause: distribution, other-function
"""


def log_uniform(low, high, rng, size=None):
    drawn = np.exp(rng.normal(np.log(low * high) / 2, np.log(high / low) / 6, size=size))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
