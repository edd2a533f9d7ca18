"""forward-standardises-input: the features of the batch are standardised first, as the pictures do with the Boston houses.
question: 03.3
cause: extra-function, wrong-value
"""


def forward(X, params):
    mu = X.mean(axis=0)
    sd = X.std(axis=0) + 1e-8
    Xn = (X - mu) / sd
    Z1 = Xn @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    return {"X": Xn, "Z1": Z1, "H": H, "Y_hat": H @ params["W2"] + params["b2"]}
