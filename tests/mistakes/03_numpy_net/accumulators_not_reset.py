"""accumulators-not-reset: the sums live outside the function, so every call adds to those before it.
question: 03.5
cause: kept-state, not-reset, raises
"""

GRADS = {"W1": 0, "b1": 0, "W2": 0, "b2": 0}


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    d2 = 2 * (Y_hat - Y) / len(Y)
    d1 = d2 @ params["W2"].T * H * (1 - H)
    GRADS["W1"] = GRADS["W1"] + X.T @ d1
    GRADS["b1"] = GRADS["b1"] + d1.sum(axis=0, keepdims=True)
    GRADS["W2"] = GRADS["W2"] + H.T @ d2
    GRADS["b2"] = GRADS["b2"] + d2.sum(axis=0, keepdims=True)
    return dict(GRADS)
