"""log-uniform-one-minus: the mirror image: crowded at the upper end.
question: 10.1
cause: distribution, extra-term
"""


def log_uniform(low, high, rng, size=None):
    drawn = low + high - np.exp(rng.uniform(np.log(low), np.log(high), size=size))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
