"""init-normal: weights are drawn from a normal distribution.
question: 03.2
cause: distribution
"""


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.normal(size=(n, h))
    params["b1"] = np.zeros((1, h))
    params["W2"] = rng.normal(size=(h, k))
    params["b2"] = np.zeros((1, k))
    return params
