"""gradient-list: the gradients are returned as a list, not under their names.
question: 04.4
cause: kind
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return tape.gradient(loss, list(params.values()))
