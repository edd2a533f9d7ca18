"""data-swapped-pair: the batches are pairs (Y, X).
question: 04.6
cause: arguments-swapped
"""


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((Y, X)).shuffle(X.shape[0], seed=seed).batch(batch_size)
