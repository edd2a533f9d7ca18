"""f23_desc_mean: w and b swapped in the return.

question: 02.7
means: order of results
cause: returned-swapped
"""
import numpy as np


def descend(x, y, w, b, learning_rate, epochs):
    errors = []
    for _ in range(epochs):
        g = error_gradients(x, y, w, b)
        w, b = w - learning_rate * g['w'], b - learning_rate * g['b']
        errors.append(error(x, y, w, b))
    return b, w, errors
