"""train-last-batch-dropped: the short batch at the end of an epoch is left out.
question: 03.7
cause: incomplete, early-end, off-by-one
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
