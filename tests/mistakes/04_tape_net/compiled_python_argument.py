"""compiled-python-argument: a Python number goes in as an argument, and each new number traces again.
question: 04.8
cause: retraced
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))

    @tf.function
    def step(X, Y, epoch):
        return train_step(X, Y, params, optimizer)

    losses = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(step(X, Y, epoch)) * rows
            count += rows
        losses.append(total / count)
    return losses
