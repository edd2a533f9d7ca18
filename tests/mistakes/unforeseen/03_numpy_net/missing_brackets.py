"""missing-brackets: 2 / M multiplies the prediction only, because the brackets around the difference are missing.
question: 03.5
cause: order, missing-factor
"""


def backward(cache, Y, params):
    X, H, Yh = cache["X"], cache["H"], cache["Y_hat"]
    M = X.shape[0]
    D2 = 2 / M * Yh - Y
    D1 = (D2 @ params["W2"].T) * (H * (1 - H))
    return {
        "W1": X.T @ D1,
        "b1": D1.sum(axis=0, keepdims=True),
        "W2": H.T @ D2,
        "b2": D2.sum(axis=0, keepdims=True),
    }
