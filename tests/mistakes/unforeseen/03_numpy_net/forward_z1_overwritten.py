"""forward-z1-overwritten: the sigmoid is computed in place, so the cache's Z1 is the same array as H.
question: 03.3
cause: wrong-value, extra-activation, stale-value
"""


def forward(X, params):
    Z1 = X @ params["W1"]
    Z1 += params["b1"]
    H = Z1
    np.negative(H, out=H)
    np.exp(H, out=H)
    H += 1
    np.divide(1, H, out=H)
    out = H @ params["W2"]
    out += params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": out}
