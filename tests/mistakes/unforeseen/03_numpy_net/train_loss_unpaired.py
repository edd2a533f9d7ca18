"""train-loss-unpaired: the loss compares predictions in shuffled order with targets in the table's order; the training itself is right.
question: 03.7
cause: pairing
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        perm = rng.permutation(len(X))
        Xs = X[perm]
        Ys = Y[perm]
        for b in range(0, len(X), batch_size):
            xb = Xs[b : b + batch_size]
            yb = Ys[b : b + batch_size]
            grads = backward(forward(xb, params), yb, params)
            params = gradient_step(params, grads, learning_rate)
        Y_hat = forward(Xs, params)["Y_hat"]
        losses.append(mse_loss(Y_hat, Y))
    return params, losses
