"""w34_train_drop: The short last batch is dropped.

question: 02.13
means: M // batch_size steps
cause: incomplete
"""
import numpy as np


def train(X, Y, learning_rate, epochs, batch_size, rng):
    M, n = X.shape
    w, b, losses = np.zeros((n, 1)), 0.0, []
    for _ in range(epochs):
        order = rng.permutation(M)
        for k in range(M // batch_size):
            rows = order[k * batch_size:(k + 1) * batch_size]
            g = gradients(X[rows], Y[rows], w, b)
            w = w - learning_rate * g['w']
            b = b - learning_rate * g['b']
        losses.append(bce_loss(predict_proba(X, w, b), Y))
    return w, b, losses
