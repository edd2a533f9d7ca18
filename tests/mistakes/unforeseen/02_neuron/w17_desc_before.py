"""w17_desc_before: The error is noted before the step.

question: 02.7
means: order in the loop
cause: recorded
"""
import numpy as np


def descend(x, y, w, b, learning_rate, epochs):
    errors = []
    for _ in range(epochs):
        g = error_gradients(x, y, w, b)
        errors.append(error(x, y, w, b))
        w = w - learning_rate * g['w']
        b = b - learning_rate * g['b']
    return w, b, errors
