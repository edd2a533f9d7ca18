"""w18_desc_indent: errors.append stands behind the loop (indentation), and the sign is plus.

question: 02.7
means: two mistakes: indentation and sign
cause: sign
"""
import numpy as np


def descend(x, y, w, b, learning_rate, epochs):
    errors = []
    for _ in range(epochs):
        g = error_gradients(x, y, w, b)
        w = w + learning_rate * g['w']
        b = b + learning_rate * g['b']
    errors.append(error(x, y, w, b))
    return w, b, errors
