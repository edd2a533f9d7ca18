"""n-graph-none: no graph at all, the gradient by the formula of the book.
question: 01.10
cause: not-implemented
"""

import numpy as np


def logistic_graph(x, w, b, y):
    raise NotImplementedError


def logistic_gradient(x, w, b, y):
    y_hat = 1 / (1 + np.exp(-(w @ x + b)))
    loss = -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
    return {"loss": loss, "w": (y_hat - y) * x, "b": y_hat - y}
