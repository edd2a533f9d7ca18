"""tanh is a sigmoid that is stretched and moved, so its own `sigmoid` is asked."""


def tanh(Z):
    H, slope = sigmoid(2 * Z)
    return 2 * H - 1, 4 * slope
