"""log-uniform-same-number: one draw is repeated for the whole array.
question: 10.1
cause: distribution
"""


def log_uniform(low, high, rng, size=None):
    drawn = np.full(size or (), np.exp(rng.uniform(np.log(low), np.log(high))))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
