"""train-not-reset: the running total is not reset between epochs.
question: 04.7
cause: not-reset
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    total, count = 0.0, 0
    for _ in range(epochs):
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses
