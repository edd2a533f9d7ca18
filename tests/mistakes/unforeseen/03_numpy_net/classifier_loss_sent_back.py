"""classifier-loss-sent-back: the loss of each entry is sent back where its derivative belongs.
question: 03.11
cause: wrong-value, missing-derivative, extra-function, partial-loss
"""


def classifier_backward(cache, Y, params):
    P = np.maximum(cache["Y_hat"], np.finfo(cache["Y_hat"].dtype).tiny)
    H = cache["H"]
    D2 = -Y * np.log(P) / Y.shape[0]
    D1 = (D2 @ params["W2"].T) * H * (1 - H)
    dW1 = cache["X"].T @ D1
    dW2 = H.T @ D2
    return {
        "W1": dW1,
        "b1": D1.sum(axis=0, keepdims=True),
        "W2": dW2,
        "b2": D2.sum(axis=0, keepdims=True),
    }
