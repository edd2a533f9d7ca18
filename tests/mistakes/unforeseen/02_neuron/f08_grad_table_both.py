"""f08_grad_table_both: Y.ravel() in both, and axis 1 summed to get the shape.

question: 02.11
means: pairs table
cause: broadcast
"""
import numpy as np


def gradients(X, Y, w, b):
    D = (predict_proba(X, w, b) - Y.ravel()) / len(X)
    return {'w': (X.T @ D).sum(axis=1, keepdims=True), 'b': float(D.sum())}
