"""init-zero-weights: the weights start at zero, so all hidden units stay equal.
question: 03.2
cause: zero, not-used
"""


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = np.zeros((n, h))
    params["b1"] = np.zeros((1, h))
    params["W2"] = np.zeros((h, k))
    params["b2"] = np.zeros((1, k))
    return params
