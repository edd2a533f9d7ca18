"""compiled-updates-copy: the compiled step trains copies, the caller's variables stay as they were.
question: 04.8
cause: copy-updated
"""


def train_compiled(dataset, params, optimizer, epochs):
    params = {name: tf.Variable(variable) for name, variable in params.items()}
    optimizer.build(list(params.values()))

    @tf.function(reduce_retracing=True)
    def step(X, Y):
        return train_step(X, Y, params, optimizer)

    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(step(X, Y)) * rows
            count += rows
        losses.append(total / count)
    return losses
