"""classifier-forward-sigmoid: each class has a sigmoid of its own, the rows do not sum to 1.
question: 03.10
cause: other-activation, other-function
"""


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = sigmoid(H @ params["W2"] + params["b2"])
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
