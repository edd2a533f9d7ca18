"""f15_train_lastloss: The loss is that of the last batch only.

question: 02.13
means: wrong array
cause: batch-losses
"""
import numpy as np


def train(X, Y, learning_rate, epochs, batch_size, rng):
    M, n = X.shape
    w, b, losses = np.zeros((n, 1)), 0.0, []
    for _ in range(epochs):
        order = rng.permutation(M)
        for i in range(0, M, batch_size):
            rows = order[i:i + batch_size]
            g = gradients(X[rows], Y[rows], w, b)
            w = w - learning_rate * g['w']
            b = b - learning_rate * g['b']
        losses.append(bce_loss(predict_proba(X[rows], w, b), Y[rows]))
    return w, b, losses
