"""gradient-missing-mean: a loss per example is left on the tape, so the gradient is that of the sum, M times too large.
question: 04.4
cause: missing-mean, missing-factor, own-loss
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        losses = tf.reduce_sum(tf.square(forward(X, params) - Y), axis=1)
    return tape.gradient(losses, params)
