"""init-swapped-order: W2 is drawn before W1.
question: 03.2
cause: order, seed
"""


def init_params(n, h, k, rng):
    params = {}
    params["W2"] = rng.uniform(size=(h, k))
    params["b2"] = np.zeros((1, k))
    params["W1"] = rng.uniform(size=(n, h))
    params["b1"] = np.zeros((1, h))
    return params
