"""loss-half: the loss carries a factor of one half.
question: 04.3
cause: factor-half
"""


def mse_loss(Y_hat, Y):
    return tf.reduce_mean(tf.reduce_sum(tf.square(Y_hat - Y), axis=1)) / 2
