"""classifier-biases-not-summed: both bias gradients keep one row per example.
question: 03.11
cause: not-summed, shape
"""


def classifier_backward(cache, Y, params):
    X, H, P = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = (P - Y) / M
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": X.T @ d1,
        "b1": d1,
        "W2": H.T @ d2,
        "b2": d2,
    }
