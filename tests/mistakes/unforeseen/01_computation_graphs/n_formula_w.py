"""n-formula-w: (ŷ - y) w by hand.
question: 01.10
cause: wrong-value
"""

import numpy as np


def logistic_gradient(x, w, b, y):

    y_hat = 1 / (1 + np.exp(-(w @ x + b)))
    loss = -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
    return {"loss": loss, "w": (y_hat - y) * w, "b": y_hat - y}
