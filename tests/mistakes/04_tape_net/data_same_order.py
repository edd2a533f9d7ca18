"""data-same-order: every epoch has the same order.
question: 04.6
cause: not-reshuffled, flag
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(X.shape[0], seed=seed, reshuffle_each_iteration=False).batch(batch_size)
