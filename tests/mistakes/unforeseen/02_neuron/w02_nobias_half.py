"""w02_nobias_half: The bias is forgotten and the threshold is 0.5 as with a probability.

question: 02.1
means: two mistakes at once: no bias, threshold from the sigmoid neuron
"""
import numpy as np


def perceptron(X, w, b):
    z = X @ w
    return (z >= 0.5).astype(float)
