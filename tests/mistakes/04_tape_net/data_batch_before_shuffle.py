"""data-batch-before-shuffle: whole batches are shuffled, so the same examples always travel together.
question: 04.6
cause: partial-shuffle, order
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).batch(batch_size).shuffle(X.shape[0], seed=seed)
