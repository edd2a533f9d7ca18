"""loss-vector: tf.losses.MSE gives one loss per example, a vector of shape (M,).
question: 04.3
cause: not-summed, missing-mean, mean-over-outputs, shape
"""


def mse_loss(Y_hat, Y):
    return tf.losses.MSE(Y, Y_hat)
