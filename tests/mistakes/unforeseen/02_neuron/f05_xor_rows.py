"""f05_xor_rows: Stacked along rows, vstack.

question: 02.3
means: wrong axis
cause: raises
"""
import numpy as np


def xor(X):
    o = perceptron(X, *or_weights())
    a = perceptron(X, *and_weights())
    return perceptron(np.vstack([o, a]), np.array([[1.0], [-1.0]]), -0.5)
