"""f03_xor_swapped: The two columns are stacked in the wrong order for the weights.

question: 02.3
means: order of columns
cause: zero
"""
import numpy as np


def xor(X):
    o = perceptron(X, *or_weights())
    a = perceptron(X, *and_weights())
    return perceptron(np.hstack([a, o]), np.array([[1.0], [-1.0]]), -0.5)
