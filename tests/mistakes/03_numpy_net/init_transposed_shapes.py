"""init-transposed-shapes: the weights have shapes (h, n) and (k, h).
question: 03.2
cause: transpose, arguments-swapped, shape
"""


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.uniform(size=(h, n))
    params["b1"] = np.zeros((1, h))
    params["W2"] = rng.uniform(size=(k, h))
    params["b2"] = np.zeros((1, k))
    return params
