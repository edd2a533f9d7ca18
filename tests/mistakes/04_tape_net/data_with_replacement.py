"""data-with-replacement: rows are drawn with replacement: some come twice in an epoch, some never.
question: 04.6
cause: with-replacement
"""


def make_dataset(X, Y, batch_size, seed):
    M = X.shape[0]
    rng = tf.random.Generator.from_seed(seed)
    rows = tf.data.Dataset.range(M).map(lambda _: rng.uniform((), 0, M, tf.int32))
    return rows.map(lambda row: (X[row], Y[row])).batch(batch_size)
