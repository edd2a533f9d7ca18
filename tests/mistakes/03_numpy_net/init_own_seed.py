"""init-own-seed: a generator of its own is used, the one that was given is ignored.
question: 03.2
cause: seed, not-used
"""


def init_params(n, h, k, rng):
    rng = np.random.default_rng(0)
    params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["b1"] = np.zeros((1, h))
    params["W2"] = rng.uniform(size=(h, k))
    params["b2"] = np.zeros((1, k))
    return params
