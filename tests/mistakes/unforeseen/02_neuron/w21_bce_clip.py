"""w21_bce_clip: Y_hat is clipped to [1e-7, 1 - 1e-7], as in Keras.

question: 02.9
means: copied from the web for another convention
cause: epsilon
"""
import numpy as np


def bce_loss(Y_hat, Y):
    p = np.clip(Y_hat, 1e-7, 1 - 1e-7)
    return float(-np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p)))
