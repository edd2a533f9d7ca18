"""log-uniform-own-generator: a generator of its own, with a fixed seed.
question: 10.1
cause: seed, not-used, same-draws
"""


def log_uniform(low, high, rng, size=None):
    rng = np.random.default_rng(0)
    drawn = np.exp(rng.uniform(np.log(low), np.log(high), size=size))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
