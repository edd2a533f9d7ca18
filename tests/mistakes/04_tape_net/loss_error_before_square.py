"""loss-error-before-square: the errors are averaged before they are squared, so they cancel.
question: 04.3
cause: order
"""


def mse_loss(Y_hat, Y):
    return tf.reduce_sum(tf.square(tf.reduce_mean(Y_hat - Y, axis=0)))
