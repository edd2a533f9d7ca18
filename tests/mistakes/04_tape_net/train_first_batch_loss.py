"""train-first-batch-loss: the loss of the first batch stands for the epoch.
question: 04.7
cause: batch-losses, incomplete
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for X, Y in dataset:
            batch_losses.append(float(train_step(X, Y, params, optimizer)))
        losses.append(batch_losses[0])
    return losses
