"""gradient-weight-decay: a penalty on the weights that nobody asked for is in the loss.
question: 04.4
cause: extra-term, own-loss
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
        loss += 0.01 * (tf.reduce_sum(params["W1"] ** 2) + tf.reduce_sum(params["W2"] ** 2))
    return tape.gradient(loss, params)
