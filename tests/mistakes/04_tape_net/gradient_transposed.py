"""gradient-transposed: the gradients of the weights are returned transposed.
question: 04.4
cause: transpose, shape
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    return {name: tf.transpose(g) if name.startswith("W") else g for name, g in grads.items()}
