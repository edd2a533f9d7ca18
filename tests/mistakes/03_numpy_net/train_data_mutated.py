"""train-data-mutated: the caller's X and Y are shuffled in place.
question: 03.7
cause: changes-argument, not-reset
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        X[:], Y[:] = X[order], Y[order]
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
