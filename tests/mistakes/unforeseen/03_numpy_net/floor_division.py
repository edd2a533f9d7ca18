"""floor-division: // instead of / rounds every error of the output layer down to a whole number.
question: 03.5
cause: other-function, extra-function
"""


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    M = Y.shape[0]
    D2 = 2 * (Y_hat - Y) // M
    D1 = D2 @ params["W2"].T * H * (1 - H)
    grads = {}
    for layer, left, d in ((1, X, D1), (2, H, D2)):
        grads["W%d" % layer] = left.T @ d
        grads["b%d" % layer] = np.sum(d, axis=0, keepdims=True)
    return grads
