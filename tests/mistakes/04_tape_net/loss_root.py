"""loss-root: the square root of the mean is taken (RMSE).
question: 04.3
cause: extra-function
"""


def mse_loss(Y_hat, Y):
    return tf.sqrt(tf.reduce_mean(tf.reduce_sum(tf.square(Y_hat - Y), axis=1)))
