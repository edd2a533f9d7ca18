"""train-skips-short-batch: the short last batch is skipped.
question: 04.7
cause: incomplete
"""


def train(dataset, params, optimizer, epochs):
    losses, size = [], None
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            size = size or X.shape[0]
            if X.shape[0] < size:
                continue
            rows = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses
