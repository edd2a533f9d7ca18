"""log-uniform-global-random: NumPy's global generator in place of rng.
question: 10.1
cause: seed, not-used, kept-state
"""


def log_uniform(low, high, rng, size=None):
    drawn = np.exp(np.random.uniform(np.log(low), np.log(high), size=size))
    drawn = np.clip(drawn, low, high)  # exp(log(high)) may be rounded past high
    return float(drawn) if size is None else drawn
