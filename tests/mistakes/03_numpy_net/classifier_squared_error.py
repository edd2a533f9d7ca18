"""classifier-squared-error: the gradient of the squared error through a sigmoid.
question: 03.11
cause: other-function, extra-derivative, factor-two
"""


def classifier_backward(cache, Y, params):
    X, H, P = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = 2 * (P - Y) * P * (1 - P) / M
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": H.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
