"""slide-sums-everything: the bias gradients are summed without an axis, and one number fills every place.
question: 03.12
cause: axis
"""


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    M = X.shape[0]
    d_Y = 2 * (Y_hat - Y) / M
    d_H = d_Y.dot(W2.T)
    d_W2 = H.T.dot(d_Y)
    d_b2 = np.zeros_like(W2[:1]) + np.sum(d_Y)
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
    d_W1 = X.T.dot(d_Z)
    d_b1 = np.zeros_like(W1[:1]) + np.sum(d_Z)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
