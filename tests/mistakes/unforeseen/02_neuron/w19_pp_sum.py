"""w19_pp_sum: The product is summed over axis 1 without keepdims.

question: 02.8
means: lost axis
cause: shape
"""
import numpy as np


def predict_proba(X, w, b):
    return sigmoid((X * w.T).sum(axis=1) + b)
