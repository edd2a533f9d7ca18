"""w16_desc_order: w moves first and the gradient of b is taken at the new w.

question: 02.7
means: asks at another place
cause: stale-value
"""
import numpy as np


def descend(x, y, w, b, learning_rate, epochs):
    errors = []
    for _ in range(epochs):
        w = w - learning_rate * error_gradients(x, y, w, b)['w']
        b = b - learning_rate * error_gradients(x, y, w, b)['b']
        errors.append(error(x, y, w, b))
    return w, b, errors
