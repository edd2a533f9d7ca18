"""cache-mutated: the right gradients, but the predictions in the cache are overwritten on the way.
question: 03.5
cause: changes-argument
"""


def backward(cache, Y, params):
    X, H, d2 = cache["X"], cache["H"], cache["Y_hat"]
    M = Y.shape[0]
    d2 -= Y
    d2 *= 2 / M
    d1 = d2 @ params["W2"].T * H * (1 - H)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": H.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
