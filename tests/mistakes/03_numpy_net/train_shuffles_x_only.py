"""train-shuffles-x-only: the inputs are shuffled, the targets are not.
question: 03.7
cause: pairing
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        X_shuffled = X[rng.permutation(len(X))]
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            grads = backward(forward(X_shuffled[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
