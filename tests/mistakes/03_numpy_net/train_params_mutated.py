"""train-params-mutated: the parameters that were given are updated in place.
question: 03.7
cause: changes-argument
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params), Y[rows], params)
            for name in params:
                params[name] -= learning_rate * grads[name]
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
