"""train-no-shuffle: the examples are visited in the order of the table.
question: 03.7
cause: no-shuffle, missing-step, not-used
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = np.arange(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
