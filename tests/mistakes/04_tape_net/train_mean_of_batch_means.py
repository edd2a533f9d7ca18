"""train-mean-of-batch-means: the batch losses are averaged without their sizes, so the short batch counts too much.
question: 04.7
cause: unweighted-mean
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for X, Y in dataset:
            batch_losses.append(float(train_step(X, Y, params, optimizer)))
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses
