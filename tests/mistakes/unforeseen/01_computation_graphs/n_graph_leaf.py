"""n-graph-leaf: the graph is a single node, the gradient by the formula of the book.
question: 01.10
cause: zero, disconnected
"""

import numpy as np


def logistic_graph(x, w, b, y):
    z = sum(wi.data * xi for wi, xi in zip(w, x)) + b.data
    y_hat = 1 / (1 + np.exp(-z))
    return Value(-(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)))


def logistic_gradient(x, w, b, y):
    y_hat = 1 / (1 + np.exp(-(w @ x + b)))
    loss = -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
    return {"loss": loss, "w": (y_hat - y) * x, "b": y_hat - y}
