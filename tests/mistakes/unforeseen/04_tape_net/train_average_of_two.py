"""train-average-of-two: the running mean is the mean of the old mean and the new loss, so later batches count more.
question: 04.7
cause: unweighted-mean, other-function
"""


def train(dataset, params, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        avg = None
        for xb, yb in dataset:
            l = float(train_step(xb, yb, params, optimizer))
            avg = l if avg is None else (avg + l) / 2
        history.append(avg)
    return history
