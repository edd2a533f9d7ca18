"""train-one-permutation: one permutation is drawn before the first epoch and used for all.
question: 03.7
cause: not-reshuffled
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    order = rng.permutation(len(X))
    losses = []
    for _ in range(epochs):
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
