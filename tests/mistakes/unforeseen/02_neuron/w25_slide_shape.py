"""w25_slide_shape: The loop asks for a row, the result keeps shape (1,).

question: 02.10
means: the shape half put right, not a number
cause: shape
"""
import numpy as np


def slide_loss(X, Y, w, b):
    N = len(X)
    loss = 0
    for x, y in zip(X, Y):
        fx = predict_proba(x, w, b)
        if y == 0:
            loss += -(1 / N) * np.log(1 - fx)
        else:
            loss += -(1 / N) * np.log(fx)
    return loss
