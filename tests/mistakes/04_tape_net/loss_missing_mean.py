"""loss-missing-mean: the squared errors are added up and never divided by M.
question: 04.3
cause: missing-mean, missing-factor
"""


def mse_loss(Y_hat, Y):
    return tf.reduce_sum(tf.square(Y_hat - Y))
