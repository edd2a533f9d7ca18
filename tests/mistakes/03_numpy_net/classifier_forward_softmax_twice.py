"""classifier-forward-softmax-twice: the softmax is applied to the probabilities again.
question: 03.10
cause: extra-activation, repeated-step
"""


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = softmax(softmax(H @ params["W2"] + params["b2"]))
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
