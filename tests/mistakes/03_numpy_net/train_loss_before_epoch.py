"""train-loss-before-epoch: the loss is taken before the epoch instead of after it.
question: 03.7
cause: stale-value, order
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
    return params, losses
