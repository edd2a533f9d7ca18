"""classifier-softmax-again: the probabilities go through the softmax once more.
question: 03.11
cause: extra-activation, repeated-step
"""


def classifier_backward(cache, Y, params):
    X, H, P = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = (softmax(P) - Y) / M
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": H.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
