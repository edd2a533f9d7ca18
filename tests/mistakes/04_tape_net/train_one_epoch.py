"""train-one-epoch: only one epoch is trained, whatever was asked.
question: 04.7
cause: early-end, not-used, shape
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(1):
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses
