"""data-buffer-one: a shuffle buffer of one element shuffles nothing.
question: 04.6
cause: no-shuffle, partial-shuffle
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(1, seed=seed).batch(batch_size)
