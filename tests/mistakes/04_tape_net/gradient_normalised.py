"""gradient-normalised: each gradient is scaled to length one.
question: 04.4
cause: normalised, extra-function
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    return {name: grad / tf.norm(grad) for name, grad in grads.items()}
