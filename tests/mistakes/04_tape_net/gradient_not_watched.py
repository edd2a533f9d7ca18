"""gradient-not-watched: the variables are turned into tensors that the tape does not watch.
question: 04.4
cause: disconnected, kind
"""


def gradients(X, Y, params):
    tensors = {name: tf.convert_to_tensor(variable) for name, variable in params.items()}
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, tensors), Y)
    return tape.gradient(loss, tensors)
