"""train-updated-w2: W2 is updated before the hidden layer's gradient is computed from it.
question: 03.7
cause: stale-value, order
"""


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            cache = forward(X[rows], params)
            H = cache["H"]
            d2 = 2 * (cache["Y_hat"] - Y[rows]) / len(rows)
            W2 = params["W2"] - learning_rate * H.T @ d2
            b2 = params["b2"] - learning_rate * d2.sum(axis=0, keepdims=True)
            d1 = d2 @ W2.T * H * (1 - H)
            W1 = params["W1"] - learning_rate * X[rows].T @ d1
            b1 = params["b1"] - learning_rate * d1.sum(axis=0, keepdims=True)
            params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses
