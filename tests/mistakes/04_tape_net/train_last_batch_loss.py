"""train-last-batch-loss: the loss of the last batch stands for the epoch.
question: 04.7
cause: accumulation, batch-losses, incomplete
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        for X, Y in dataset:
            loss = train_step(X, Y, params, optimizer)
        losses.append(float(loss))
    return losses
