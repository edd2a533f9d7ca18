"""train-restarts-every-epoch: the working copy of the parameters is made inside the epoch loop, so every epoch starts from the beginning.
question: 03.7
cause: fresh-state, stale-value
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    history = []
    for e in range(epochs):
        # copy, so that the caller's params are not changed
        theta = {key: np.array(val) for key, val in params.items()}
        idx = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            Xb, Yb = X[idx[i : i + batch_size]], Y[idx[i : i + batch_size]]
            c = forward(Xb, theta)
            theta = gradient_step(theta, backward(c, Yb, theta), learning_rate)
        history.append(mse_loss(forward(X, theta)["Y_hat"], Y))
    return theta, history
