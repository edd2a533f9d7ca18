"""w14_eg_sumx: Sums first, multiplies by the sum of x afterwards.

question: 02.6
means: order of sum and product
"""
import numpy as np


def error_gradients(x, y, w, b):
    f = sigmoid(w * x + b)
    db = np.sum((f - y) * f * (1 - f))
    return {'w': float(db * np.sum(x)), 'b': float(db)}
