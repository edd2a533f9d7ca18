"""train-gradients-not-reset: the gradients of earlier batches are never cleared.
question: 03.7
cause: not-reset
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    total = {name: np.zeros_like(value) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            total = {name: total[name] + grads[name] for name in total}
            params = gradient_step(params, total, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
