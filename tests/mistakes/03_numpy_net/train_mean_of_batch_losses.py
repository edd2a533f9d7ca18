"""train-mean-of-batch-losses: the loss of an epoch is the mean of its batch losses.
question: 03.7
cause: batch-losses, unweighted-mean, stale-value
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        batch_losses = []
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            cache = forward(X[rows], params)
            batch_losses.append(mse_loss(cache["Y_hat"], Y[rows]))
            params = gradient_step(params, backward(cache, Y[rows], params), learning_rate)
        losses.append(float(np.mean(batch_losses)))
    return params, losses
