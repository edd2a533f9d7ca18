"""power-not-lowered: the 2 comes down in front of the square and the square stays.
question: 03.5
cause: extra-function, doubled-factor, other-derivative
"""


def backward(cache, Y, params):
    X, H = cache["X"], cache["H"]
    err = cache["Y_hat"] - Y
    delta_out = 2 * err**2 / len(Y)
    delta_hid = delta_out @ params["W2"].T * H * (1 - H)
    ones = np.ones((1, len(Y)), dtype=H.dtype)
    return {
        "W1": X.T @ delta_hid,
        "b1": ones @ delta_hid,
        "W2": H.T @ delta_out,
        "b2": ones @ delta_out,
    }
