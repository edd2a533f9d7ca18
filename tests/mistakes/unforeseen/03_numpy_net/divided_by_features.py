"""divided-by-features: M is read from the columns of X, as in a course where columns are examples.
question: 03.5
cause: wrong-count, wrong-value, missing-mean, constant
"""


def backward(cache, Y, params):
    A0, A1, A2 = cache["X"], cache["H"], cache["Y_hat"]
    m = A0.shape[1]
    dA2 = (A2 - Y) * 2 / m
    dW2 = np.dot(A1.T, dA2)
    db2 = np.sum(dA2, axis=0, keepdims=True)
    dZ1 = np.dot(dA2, params["W2"].T) * A1 * (1 - A1)
    dW1 = np.dot(A0.T, dZ1)
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
