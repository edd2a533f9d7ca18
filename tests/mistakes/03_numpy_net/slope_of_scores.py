"""slope-of-scores: the slope z (1 - z) is taken at the scores instead of their sigmoid.
question: 03.5
cause: derivative-value, wrong-value, missing-activation
"""


def backward(cache, Y, params):
    X, Z1, H, Y_hat = cache["X"], cache["Z1"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = 2 * (Y_hat - Y) / M
    d1 = d2 @ W2.T * Z1 * (1 - Z1)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": H.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
