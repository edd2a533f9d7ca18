"""init-global-random: the global np.random is used, the generator that was given is ignored.
question: 03.2
cause: seed, not-used
"""


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = np.random.rand(n, h)
    params["b1"] = np.zeros((1, h))
    params["W2"] = np.random.rand(h, k)
    params["b2"] = np.zeros((1, k))
    return params
