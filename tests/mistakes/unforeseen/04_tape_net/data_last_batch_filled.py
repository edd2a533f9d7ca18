"""data-last-batch-filled: the short last batch is filled up with the first examples, so that all batches have one size.
question: 04.6
cause: repeated-step
"""


def make_dataset(X, Y, batch_size, seed):
    M = int(X.shape[0])
    ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(M, seed=seed)
    missing = -M % batch_size
    if missing:
        extra = tf.data.Dataset.from_tensor_slices((X[:missing], Y[:missing]))
        ds = ds.concatenate(extra)
    return ds.batch(batch_size)
