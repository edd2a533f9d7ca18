"""train-batches-shuffled: the batches change places, but the examples in them are always the same.
question: 03.7
cause: partial-shuffle
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        starts = rng.permutation(np.arange(0, len(X), batch_size))
        for start in starts:
            rows = slice(start, start + batch_size)
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
