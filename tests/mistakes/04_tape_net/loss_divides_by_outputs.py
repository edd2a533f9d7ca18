"""loss-divides-by-outputs: the sum is divided by the number of outputs k instead of M.
question: 04.3
cause: axis, missing-mean, mean-over-outputs, missing-factor
"""


def mse_loss(Y_hat, Y):
    return tf.reduce_sum(tf.square(Y_hat - Y)) / Y.shape[1]
