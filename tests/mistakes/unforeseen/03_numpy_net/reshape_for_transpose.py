"""reshape-for-transpose: matrices are turned by reshape, which gives the shape of the transpose and not its entries.
question: 03.5
cause: transpose, other-function
"""


def backward(cache, Y, params):
    X = cache["X"]
    H = cache["H"]
    W2 = params["W2"]
    M, n = X.shape
    h, k = W2.shape
    dY = 2 / M * (cache["Y_hat"] - Y)
    dW2 = np.dot(H.reshape(h, M), dY)
    db2 = dY.sum(axis=0).reshape(1, k)
    dH = np.dot(dY, W2.reshape(k, h))
    dZ = dH * H * (1 - H)
    dW1 = np.dot(X.reshape(n, M), dZ)
    db1 = dZ.sum(axis=0).reshape(1, h)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
