"""loss-absolute: absolute errors are taken instead of squared ones.
question: 04.3
cause: other-function
"""


def mse_loss(Y_hat, Y):
    return tf.reduce_mean(tf.reduce_sum(tf.abs(Y_hat - Y), axis=1))
