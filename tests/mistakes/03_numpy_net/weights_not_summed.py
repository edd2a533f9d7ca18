"""weights-not-summed: the weight gradients keep one matrix per example.
question: 03.5
cause: not-summed, shape
"""


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = 2 * (Y_hat - Y) / M
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": X[:, :, None] * d1[:, None, :],
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": H[:, :, None] * d2[:, None, :],
        "b2": np.sum(d2, axis=0, keepdims=True),
    }
