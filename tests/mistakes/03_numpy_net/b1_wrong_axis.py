"""b1-wrong-axis: the gradient of b1 is summed over the units instead of the examples.
question: 03.5
cause: axis, keepdims, shape
"""


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = 2 * (Y_hat - Y) / M
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=1),
        "W2": H.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
