"""log-uniform-linear: drawn uniformly, not by order of magnitude.
question: 10.1
cause: distribution, missing-function
"""


def log_uniform(low, high, rng, size=None):
    drawn = rng.uniform(low, high, size=size)
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
