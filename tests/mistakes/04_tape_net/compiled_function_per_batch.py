"""compiled-function-per-batch: a new tf.function is made for every batch, so every step is traced.
question: 04.8
cause: retraced
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))
    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            step = tf.function(train_step)
            rows = X.shape[0]
            total += float(step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses
