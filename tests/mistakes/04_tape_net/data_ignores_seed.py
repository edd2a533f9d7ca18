"""data-ignores-seed: the seed is not used, so two data sets of one seed differ.
question: 04.6
cause: seed, not-used
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(X.shape[0]).batch(batch_size)
