"""w07_xor_minus: OR minus AND, two perceptrons and a subtraction.

question: 02.3
means: right numbers, not three perceptrons
right: it is three perceptrons, the last of them written out
"""
import numpy as np


def xor(X):
    return perceptron(X, *or_weights()) - perceptron(X, *and_weights())
