"""w01_strict: It fires only where the score is above 0.

question: 02.1
means: > for >=
cause: comparison
"""
import numpy as np


def perceptron(X, w, b):
    return (X @ w + b > 0).astype(float)
