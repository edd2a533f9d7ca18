"""f18_eg_half: The half is kept, the 2 of the square forgotten.

question: 02.6
means: half too much
cause: factor-half
"""
import numpy as np


def error_gradients(x, y, w, b):
    f = sigmoid(w * x + b)
    d = 0.5 * (f - y) * f * (1 - f)
    return {'w': float(np.sum(d * x)), 'b': float(np.sum(d))}
