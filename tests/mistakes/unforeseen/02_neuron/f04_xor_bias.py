"""f04_xor_bias: The third neuron has bias 0, so it fires at OR = AND too.

question: 02.3
means: bias of the third neuron
"""
import numpy as np


def xor(X):
    o = perceptron(X, *or_weights())
    a = perceptron(X, *and_weights())
    return perceptron(np.hstack([o, a]), np.array([[1.0], [-1.0]]), 0.0)
