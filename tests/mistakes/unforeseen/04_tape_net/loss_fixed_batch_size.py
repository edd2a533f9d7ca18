"""loss-fixed-batch-size: the sum is divided by the batch size of the experiment, 50, whatever number of rows comes.
question: 04.3
cause: wrong-count, constant, missing-mean, wrong-value, batch-size
"""


B = 50  # batch size


def mse_loss(Y_hat, Y):
    err = Y_hat - Y
    return tf.reduce_sum(err * err) / B
