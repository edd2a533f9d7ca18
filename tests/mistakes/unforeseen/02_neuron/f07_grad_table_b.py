"""f07_grad_table_b: w is right, b sums the (M, M) table from Y.ravel().

question: 02.11
means: pairs table
cause: broadcast
"""
import numpy as np


def gradients(X, Y, w, b):
    P = predict_proba(X, w, b)
    return {'w': X.T @ (P - Y) / len(X), 'b': float(np.sum(P - Y.ravel()) / len(X))}
