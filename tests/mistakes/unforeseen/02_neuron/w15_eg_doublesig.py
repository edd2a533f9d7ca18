"""w15_eg_doublesig: The derivative of the sigmoid takes f where the score belongs, sigmoid(f) * (1 - sigmoid(f)), and the sign is y - f.

question: 02.6
means: two mistakes: sigmoid twice and wrong sign
"""
import numpy as np


def error_gradients(x, y, w, b):
    f = sigmoid(w * x + b)
    s = sigmoid(f)
    d = (y - f) * s * (1 - s)
    return {'w': float(np.sum(d * x)), 'b': float(np.sum(d))}
