"""loss-negated: the loss has the wrong sign.
question: 04.3
cause: sign
"""


def mse_loss(Y_hat, Y):
    return -tf.reduce_mean(tf.reduce_sum(tf.square(Y_hat - Y), axis=1))
