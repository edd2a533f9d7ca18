"""train-optimizer-each-epoch: every epoch begins with a new optimizer, so momentum is lost.
question: 04.7
cause: fresh-state, not-used
"""


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        optimizer = type(optimizer).from_config(optimizer.get_config())
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses
