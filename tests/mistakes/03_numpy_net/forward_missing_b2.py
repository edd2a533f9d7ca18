"""forward-missing-b2: the output layer has no bias.
question: 03.3
cause: missing-term
"""


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = H @ params["W2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
