"""w05_xor_exact: XOR compares the two inputs exactly, without a perceptron.

question: 02.3
means: no perceptrons, exact comparison, fails when inputs are off by 0.1
"""
import numpy as np


def xor(X):
    return (X[:, [0]] != X[:, [1]]).astype(float)
