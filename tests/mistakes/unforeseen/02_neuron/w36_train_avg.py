"""w36_train_avg: The loss of an epoch is the mean of its batches' losses before each step, as in Keras, and the order is drawn once for all epochs.

question: 02.13
means: two mistakes: running loss, permutation before the loop
cause: not-reshuffled
"""
import numpy as np


def train(X, Y, learning_rate, epochs, batch_size, rng):
    M, n = X.shape
    w, b, losses = np.zeros((n, 1)), 0.0, []
    order = rng.permutation(M)
    for _ in range(epochs):
        total = 0.0
        steps = 0
        for i in range(0, M, batch_size):
            rows = order[i:i + batch_size]
            total += bce_loss(predict_proba(X[rows], w, b), Y[rows])
            steps += 1
            g = gradients(X[rows], Y[rows], w, b)
            w = w - learning_rate * g['w']
            b = b - learning_rate * g['b']
        losses.append(total / steps)
    return w, b, losses
