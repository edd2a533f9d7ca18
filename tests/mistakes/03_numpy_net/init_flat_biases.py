"""init-flat-biases: the biases have shapes (h,) and (k,).
question: 03.2
cause: keepdims, shape
"""


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["b1"] = np.zeros(h)
    params["W2"] = rng.uniform(size=(h, k))
    params["b2"] = np.zeros(k)
    return params
