"""w29_grad_twice: The mean is taken twice for b, once for w.

question: 02.11
means: np.mean of D that has the mean in it
cause: mean-twice
"""
import numpy as np


def gradients(X, Y, w, b):
    D = (predict_proba(X, w, b) - Y) / len(X)
    return {'w': X.T @ D, 'b': float(np.mean(D))}
