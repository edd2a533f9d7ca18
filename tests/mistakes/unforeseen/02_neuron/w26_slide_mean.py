"""w26_slide_mean: Only the log is put right, and the array of all is averaged at the end to get a number.

question: 02.10
means: symptom cured: mean over the wrong table
cause: wrong-value
"""
import numpy as np


def slide_loss(X, Y, w, b):
    N = len(X)
    loss = 0
    for x, y in zip(X, Y):
        fx = predict_proba(X, w, b)
        if y == 0:
            loss += -(1 / N) * np.log(1 - fx)
        else:
            loss += -(1 / N) * np.log(fx)
    return float(np.mean(loss))
