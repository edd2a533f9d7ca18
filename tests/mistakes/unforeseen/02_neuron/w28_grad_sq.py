"""w28_grad_sq: The factor f(1-f) of the squared error is kept.

question: 02.11
means: formula from another lecture
cause: extra-derivative
"""
import numpy as np


def gradients(X, Y, w, b):
    P = predict_proba(X, w, b)
    D = (P - Y) * P * (1 - P) / len(X)
    return {'w': X.T @ D, 'b': float(D.sum())}
