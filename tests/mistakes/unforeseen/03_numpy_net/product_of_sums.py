"""product-of-sums: the sum over outputs of products is read as the product of two sums over outputs.
question: 03.5
cause: order
"""


def backward(cache, Y, params):
    H = cache["H"]
    M = len(Y)
    D2 = 2 * (cache["Y_hat"] - Y) / M
    # sum over c of D2[i, c] * W2[j, c]
    s = np.sum(D2, axis=1)[:, None] * np.sum(params["W2"], axis=1)[None, :]
    D1 = s * H * (1 - H)
    g = {}
    g["W2"] = H.T @ D2
    g["b2"] = D2.sum(0, keepdims=True)
    g["W1"] = cache["X"].T @ D1
    g["b1"] = D1.sum(0, keepdims=True)
    return g
