"""log-uniform-decades: only whole powers of ten.
question: 10.1
cause: distribution, other-function
"""


def log_uniform(low, high, rng, size=None):
    drawn = 10.0 ** rng.integers(np.log10(low), np.log10(high), size=size)
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
