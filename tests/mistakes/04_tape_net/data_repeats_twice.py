"""data-repeats-twice: the data set repeats, so an epoch visits every example twice.
question: 04.6
cause: repeated-step, factor-two
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(X.shape[0], seed=seed).repeat(2).batch(batch_size)
