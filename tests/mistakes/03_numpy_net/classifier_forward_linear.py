"""classifier-forward-linear: the scores are returned without the softmax.
question: 03.10
cause: missing-activation, missing-function, missing-step
"""


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
