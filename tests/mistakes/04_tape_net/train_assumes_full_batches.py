"""train-assumes-full-batches: the divisor takes every batch for a full one.
question: 04.7
cause: unweighted-mean, wrong-value
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        total, count, size = 0.0, 0, None
        for X, Y in dataset:
            if size is None:
                size = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * X.shape[0]
            count += size
        losses.append(total / count)
    return losses
