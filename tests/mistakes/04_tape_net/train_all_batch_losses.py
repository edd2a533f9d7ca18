"""train-all-batch-losses: every batch's loss is kept, where one number an epoch is asked.
question: 04.7
cause: batch-losses, shape
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        for X, Y in dataset:
            losses.append(float(train_step(X, Y, params, optimizer)))
    return losses
