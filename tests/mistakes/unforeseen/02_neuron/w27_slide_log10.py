"""w27_slide_log10: The shape is right, the logarithm still of base 10.

question: 02.10
means: one of two mistakes put right
cause: logarithm
"""
import numpy as np


def slide_loss(X, Y, w, b):
    N = len(X)
    loss = 0
    for fx, y in zip(predict_proba(X, w, b), Y):
        if y == 0:
            loss += -(1 / N) * np.log10(1 - fx)
        else:
            loss += -(1 / N) * np.log10(fx)
    return float(loss[0])
