"""forward-no-activation: the hidden layer is linear.
question: 03.3
cause: missing-activation, missing-function, missing-step
"""


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = Z1
    Y_hat = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
