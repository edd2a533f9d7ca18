"""f13_slide_swap: Both mistakes put right, but the cases are exchanged.

question: 02.10
means: if and else exchanged
cause: sign
"""
import numpy as np


def slide_loss(X, Y, w, b):
    N = len(X)
    loss = 0
    for fx, y in zip(predict_proba(X, w, b), Y):
        if y == 1:
            loss += -(1 / N) * np.log(1 - fx)
        else:
            loss += -(1 / N) * np.log(fx)
    return float(loss[0])
