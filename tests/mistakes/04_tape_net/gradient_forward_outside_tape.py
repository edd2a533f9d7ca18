"""gradient-forward-outside-tape: the forward pass runs before the tape is opened, so every gradient is None.
question: 04.4
cause: disconnected, order, kind
"""


def gradients(X, Y, params):
    Y_hat = forward(X, params)
    with tf.GradientTape() as tape:
        loss = mse_loss(Y_hat, Y)
    return tape.gradient(loss, params)
