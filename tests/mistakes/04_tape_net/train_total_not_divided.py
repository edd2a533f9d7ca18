"""train-total-not-divided: the weighted sum is never divided by the number of examples.
question: 04.7
cause: missing-mean, missing-factor
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        total = 0.0
        for X, Y in dataset:
            total += float(train_step(X, Y, params, optimizer)) * X.shape[0]
        losses.append(total)
    return losses
