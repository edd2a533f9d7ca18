"""w06_xor_nosign: The third neuron is AND of OR and AND, the minus is forgotten.

question: 02.3
means: forgotten negation
"""
import numpy as np


def xor(X):
    o = perceptron(X, *or_weights())
    a = perceptron(X, *and_weights())
    return perceptron(np.hstack([o, a]), *and_weights())
