"""accumulated-twice: every gradient is added up twice.
question: 03.5
cause: factor-two, repeated-step, doubled-factor
"""


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M = Y.shape[0]
    d2 = 2 * (Y_hat - Y) / M
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    for _ in range(2):
        grads["W2"] += H.T @ d2
        grads["b2"] += d2.sum(axis=0, keepdims=True)
    d1 = d2 @ W2.T * H * (1 - H)
    return {
        "W1": 2 * X.T @ d1,
        "b1": 2 * np.sum(d1, axis=0, keepdims=True),
        "W2": grads["W2"],
        "b2": grads["b2"],
    }
