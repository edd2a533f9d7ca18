"""compiled-first-batch-captured: the compiled step takes no arguments, so the batch it saw while tracing is frozen into the graph.
question: 04.8
cause: stale-value, incomplete, wrong-value
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))

    @tf.function
    def step():
        return train_step(xb, yb, params, optimizer)

    losses = []
    for e in range(epochs):
        s = 0.0
        seen = 0
        for xb, yb in dataset:
            s += float(step()) * len(xb)
            seen += len(xb)
        losses.append(s / seen)
    return losses
