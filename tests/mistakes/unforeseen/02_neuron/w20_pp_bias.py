"""w20_pp_bias: The bias is added after the sigmoid.

question: 02.8
means: parenthesis
cause: order
"""
import numpy as np


def predict_proba(X, w, b):
    return sigmoid(X @ w) + b
