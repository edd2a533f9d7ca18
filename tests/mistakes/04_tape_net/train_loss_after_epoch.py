"""train-loss-after-epoch: the loss on all examples after the epoch is reported, not the mean of the steps' losses.
question: 04.7
cause: stale-value, order
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        for X, Y in dataset:
            train_step(X, Y, params, optimizer)
        total, count = 0.0, 0
        for X, Y in dataset:
            total += float(mse_loss(forward(X, params), Y)) * X.shape[0]
            count += X.shape[0]
        losses.append(total / count)
    return losses
