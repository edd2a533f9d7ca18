"""f19_eg_fx: f(1-f) forgotten for b only.

question: 02.6
means: chain rule not for b
cause: missing-derivative
"""
import numpy as np


def error_gradients(x, y, w, b):
    f = sigmoid(w * x + b)
    d = (f - y) * f * (1 - f)
    return {'w': float(np.sum(d * x)), 'b': float(np.sum(f - y))}
