"""classifier-forward-wrong-axis: the softmax runs down the columns, over the examples.
question: 03.10
cause: axis
"""


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = softmax((H @ params["W2"] + params["b2"]).T).T
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
