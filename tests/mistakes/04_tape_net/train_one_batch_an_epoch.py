"""train-one-batch-an-epoch: an epoch takes one batch only.
question: 04.7
cause: early-end, incomplete
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        X, Y = next(iter(dataset))
        losses.append(float(train_step(X, Y, params, optimizer)))
    return losses
