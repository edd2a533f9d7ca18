"""w37_train_cumul: X and Y are shuffled anew from the already shuffled ones, so the orders add up.

question: 02.13
means: X = X[order] overwritten, an order on an order
"""
import numpy as np


def train(X, Y, learning_rate, epochs, batch_size, rng):
    M, n = X.shape
    w, b, losses = np.zeros((n, 1)), 0.0, []
    for _ in range(epochs):
        order = rng.permutation(M)
        X, Y = X[order], Y[order]
        for i in range(0, M, batch_size):
            g = gradients(X[i:i + batch_size], Y[i:i + batch_size], w, b)
            w = w - learning_rate * g['w']
            b = b - learning_rate * g['b']
        losses.append(bce_loss(predict_proba(X, w, b), Y))
    return w, b, losses
