"""slope-mask-from-delta: the gradient is masked where it is negative itself.
question: 03.5
cause: other-derivative, derivative-value
"""


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = 2 * (Y_hat - Y) / M
    d_H = d2 @ W2.T
    d1 = d_H * (d_H > 0)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": H.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
