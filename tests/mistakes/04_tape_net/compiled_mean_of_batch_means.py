"""compiled-mean-of-batch-means: the batch losses are averaged without their sizes.
question: 04.8
cause: unweighted-mean
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))

    @tf.function(reduce_retracing=True)
    def step(X, Y):
        return train_step(X, Y, params, optimizer)

    losses = []
    for _ in range(epochs):
        batch_losses = []
        for X, Y in dataset:
            batch_losses.append(float(step(X, Y)))
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses
