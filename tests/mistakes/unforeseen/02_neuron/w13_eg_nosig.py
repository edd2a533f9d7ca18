"""w13_eg_nosig: The factor f(1-f) is missing.

question: 02.6
means: derivative of cross-entropy for that of the squared error
cause: missing-derivative
"""
import numpy as np


def error_gradients(x, y, w, b):
    f = sigmoid(w * x + b)
    d = f - y
    return {'w': float(np.sum(d * x)), 'b': float(np.sum(d))}
