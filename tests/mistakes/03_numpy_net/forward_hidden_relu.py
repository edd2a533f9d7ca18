"""forward-hidden-relu: ReLU instead of the sigmoid.
question: 03.3
cause: other-activation, other-function
"""


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.maximum(Z1, 0)
    Y_hat = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}
