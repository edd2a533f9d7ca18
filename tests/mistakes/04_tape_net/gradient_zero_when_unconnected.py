"""gradient-zero-when-unconnected: the forward pass runs outside the tape and unconnected gradients are asked to be zero.
question: 04.4
cause: zero, order, disconnected
"""


def gradients(X, Y, params):
    Y_hat = forward(X, params)
    with tf.GradientTape() as tape:
        loss = mse_loss(Y_hat, Y)
    return tape.gradient(loss, params, unconnected_gradients=tf.UnconnectedGradients.ZERO)
