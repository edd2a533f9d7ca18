"""w30_grad_n: Divides by the number of features, and np.sum of the table for b from Y.ravel().

question: 02.11
means: two mistakes: X.shape[1], and the sum over an (M, M) table
cause: wrong-count
"""
import numpy as np


def gradients(X, Y, w, b):
    D = (predict_proba(X, w, b) - Y) / X.shape[1]
    E = (predict_proba(X, w, b) - Y.ravel()) / len(X)
    return {'w': X.T @ D, 'b': float(np.sum(E))}
