"""forward-output-sigmoid: the output of a regression goes through a sigmoid.
question: 03.3
cause: extra-activation, extra-function
"""


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = sigmoid(H @ params["W2"] + params["b2"])
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
