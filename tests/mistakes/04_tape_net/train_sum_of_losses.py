"""train-sum-of-losses: the batch losses are added up, not averaged.
question: 04.7
cause: missing-mean, unweighted-mean
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        total = 0.0
        for X, Y in dataset:
            total += float(train_step(X, Y, params, optimizer))
        losses.append(total)
    return losses
