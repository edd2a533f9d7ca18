"""gradient-vector-loss: tf.losses.MSE on the tape: the gradient of the sum over examples of the mean over outputs, M/k times too large.
question: 04.4
cause: missing-mean, mean-over-outputs, missing-factor, own-loss
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = tf.losses.MSE(Y, forward(X, params))
    return tape.gradient(loss, params)
