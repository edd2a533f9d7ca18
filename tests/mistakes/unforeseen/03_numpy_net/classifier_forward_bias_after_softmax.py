"""classifier-forward-bias-after-softmax: b2 is added to the probabilities instead of to the scores.
question: 03.10
cause: order
"""


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = softmax(H @ params["W2"]) + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
