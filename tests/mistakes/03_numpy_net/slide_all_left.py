"""slide-all-left: the slide is copied as it is.
question: 03.12
cause: not-summed, wrong-value, shape
"""


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    M = X.shape[0]
    d_Y = 2 * (Y_hat - Y) / M
    d_H = d_Y.dot(W2.T)
    d_W2 = H.T.dot(d_Y)
    d_b2 = d_Y
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
    d_X = d_Z.dot(W1.T)
    d_W1 = d_X.T.dot(d_Z)
    d_b1 = d_Y
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
