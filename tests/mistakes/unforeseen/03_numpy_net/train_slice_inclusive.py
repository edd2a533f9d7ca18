"""train-slice-inclusive: the end of a slice is taken to be included and guarded by one more, so neighbouring batches share an example.
question: 03.7
cause: off-by-one, batch-size
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    M = X.shape[0]
    losses = []
    p = dict(params)
    for epoch in range(epochs):
        perm = rng.permutation(M)
        lo = 0
        while lo < M:
            hi = min(lo + batch_size, M - 1)
            idx = perm[lo : hi + 1]
            g = backward(forward(X[idx], p), Y[idx], p)
            p = gradient_step(p, g, learning_rate)
            lo += batch_size
        losses.append(mse_loss(forward(X, p)["Y_hat"], Y))
    return p, losses
