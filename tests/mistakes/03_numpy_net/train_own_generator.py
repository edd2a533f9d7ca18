"""train-own-generator: a generator of its own shuffles the examples.
question: 03.7
cause: seed, not-used
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
