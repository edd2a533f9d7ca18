"""last-example-only: in the loop over examples = stands where += belongs, so the last example wins.
question: 03.5
cause: accumulation, one-example
"""


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    M = Y.shape[0]
    grads = {}
    for i in range(M):
        d2 = 2 * (Y_hat[i] - Y[i]) / M
        d1 = params["W2"] @ d2 * H[i] * (1 - H[i])
        grads["W1"] = np.outer(X[i], d1)
        grads["b1"] = d1[None, :]
        grads["W2"] = np.outer(H[i], d2)
        grads["b2"] = d2[None, :]
    return grads
