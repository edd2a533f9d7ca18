"""gradient-half: the loss on the tape carries a factor of one half.
question: 04.4
cause: factor-half, own-loss
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = 0.5 * mse_loss(forward(X, params), Y)
    return tape.gradient(loss, params)
