"""data-fixed-seed: the seed is always 0, so other seeds give the same order.
question: 04.6
cause: seed, not-used
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(X.shape[0], seed=0).batch(batch_size)
