"""classifier-softmax-twice-chained: the gradient of a network with two softmaxes.
question: 03.11
cause: extra-activation, extra-derivative, repeated-step
"""


def classifier_backward(cache, Y, params):
    X, H, P = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    dP = (softmax(P) - Y) / M
    d2 = P * (dP - np.sum(dP * P, axis=1, keepdims=True))
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": X.T @ d1,
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": H.T @ d2,
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
