"""w2-from-scores: the gradient of W2 uses the scores instead of the hidden activations.
question: 03.5
cause: wrong-value, stale-value, missing-activation
"""


def backward(cache, Y, params):
    X, Z1, H, Y_hat = cache["X"], cache["Z1"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = 2 * (Y_hat - Y) / M
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": Z1.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
