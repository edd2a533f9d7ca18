"""loss-mean-over-outputs: reduce_mean over everything divides by M·k instead of M.
question: 04.3
cause: mean-over-outputs
"""


def mse_loss(Y_hat, Y):
    return tf.reduce_mean(tf.square(Y_hat - Y))
