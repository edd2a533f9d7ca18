"""train-ascent: the gradient is added to the parameters.
question: 03.7
cause: sign
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = {name: params[name] + learning_rate * grads[name] for name in params}
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
