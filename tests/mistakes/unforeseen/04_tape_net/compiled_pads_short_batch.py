"""compiled-pads-short-batch: the short batch is padded with rows of zeros to have a single trace, and the zeros count as examples.
question: 04.8
cause: extra-term, batch-size, unweighted-mean, wrong-value
"""


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))
    step = tf.function(lambda a, b: train_step(a, b, params, optimizer))
    full = next(iter(dataset))[0].shape[0]
    losses = []
    for _ in range(epochs):
        total, rows = 0.0, 0
        for a, b in dataset:
            r = a.shape[0]
            if r < full:
                a = tf.pad(a, [[0, full - r], [0, 0]])
                b = tf.pad(b, [[0, full - r], [0, 0]])
            total += float(step(a, b)) * r
            rows += r
        losses.append(total / rows)
    return losses
