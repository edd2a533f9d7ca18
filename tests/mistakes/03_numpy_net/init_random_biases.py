"""init-random-biases: the biases are drawn at random as well.
question: 03.2
cause: wrong-value, distribution
"""


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["W2"] = rng.uniform(size=(h, k))
    params["b1"] = rng.uniform(size=(1, h))
    params["b2"] = rng.uniform(size=(1, k))
    return params
