"""compiled-counts-while-tracing: the rows are counted inside the compiled step, where Python runs only while tracing.
question: 04.8
cause: wrong-value, not-reset
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))
    seen = []

    @tf.function(reduce_retracing=True)
    def step(X, Y):
        seen.append(X.shape[0] or 1)
        return train_step(X, Y, params, optimizer)

    losses = []
    for _ in range(epochs):
        total = 0.0
        for X, Y in dataset:
            total += float(step(X, Y)) * X.shape[0]
        losses.append(total / sum(seen))
    return losses
