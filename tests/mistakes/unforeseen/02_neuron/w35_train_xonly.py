"""w35_train_xonly: Only X is shuffled, Y stays.

question: 02.13
means: X and Y are indexed by different rows
cause: pairing
"""
import numpy as np


def train(X, Y, learning_rate, epochs, batch_size, rng):
    M, n = X.shape
    w, b, losses = np.zeros((n, 1)), 0.0, []
    for _ in range(epochs):
        order = rng.permutation(M)
        for i in range(0, M, batch_size):
            rows = order[i:i + batch_size]
            g = gradients(X[rows], Y[i:i + batch_size], w, b)
            w = w - learning_rate * g['w']
            b = b - learning_rate * g['b']
        losses.append(bce_loss(predict_proba(X, w, b), Y))
    return w, b, losses
