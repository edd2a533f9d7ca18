"""data-small-buffer: the shuffle buffer holds one batch only, so the order stays nearly the given one.
question: 04.6
cause: partial-shuffle
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(batch_size, seed=seed).batch(batch_size)
