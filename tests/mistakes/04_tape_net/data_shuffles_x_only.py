"""data-shuffles-x-only: X is shuffled and Y is not, so the rows no longer belong together.
question: 04.6
cause: pairing
"""


def make_dataset(X, Y, batch_size, seed):
    X_rows = tf.data.Dataset.from_tensor_slices(X).shuffle(X.shape[0], seed=seed)
    Y_rows = tf.data.Dataset.from_tensor_slices(Y)
    return tf.data.Dataset.zip((X_rows, Y_rows)).batch(batch_size)
