"""train-updates-copy: copies of the variables are trained, the caller's stay as they were.
question: 04.7
cause: copy-updated
"""


def train(dataset, params, optimizer, epochs):
    params = {name: tf.Variable(variable) for name, variable in params.items()}
    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses
