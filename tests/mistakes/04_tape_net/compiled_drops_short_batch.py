"""compiled-drops-short-batch: an input signature of full batches only: the short batch is left out.
question: 04.8
cause: incomplete
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))
    X0, Y0 = next(iter(dataset))
    size = X0.shape[0]

    @tf.function(input_signature=[tf.TensorSpec(X0.shape, X0.dtype), tf.TensorSpec(Y0.shape, Y0.dtype)])
    def step(X, Y):
        return train_step(X, Y, params, optimizer)

    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            if X.shape[0] == size:
                total += float(step(X, Y)) * size
                count += size
        losses.append(total / count)
    return losses
