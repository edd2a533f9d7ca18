"""loss-variance-of-errors: the variance of the errors is taken, which forgives a constant error.
question: 04.3
cause: other-function, extra-term
"""


def mse_loss(Y_hat, Y):
    # mean over the examples of the squared deviation, then add up the outputs
    return tf.reduce_sum(tf.math.reduce_variance(Y_hat - Y, axis=0))
