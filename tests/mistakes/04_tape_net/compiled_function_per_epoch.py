"""compiled-function-per-epoch: a new tf.function is made in every epoch, so every epoch traces again.
question: 04.8
cause: retraced
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))
    losses = []
    for _ in range(epochs):
        @tf.function(reduce_retracing=True)
        def step(X, Y):
            return train_step(X, Y, params, optimizer)

        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(step(X, Y)) * rows
            count += rows
        losses.append(total / count)
    return losses
