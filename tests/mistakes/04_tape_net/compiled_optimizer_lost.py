"""compiled-optimizer-lost: the compiled step uses a new optimizer for every epoch, so momentum is lost.
question: 04.8
cause: fresh-state, retraced, not-used
"""


def train_compiled(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        optimizer = type(optimizer).from_config(optimizer.get_config())
        optimizer.build(list(params.values()))
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
