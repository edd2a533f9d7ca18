"""data-drop-remainder: the short last batch is dropped.
question: 04.6
cause: incomplete, flag
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(X.shape[0], seed=seed).batch(batch_size, drop_remainder=True)
