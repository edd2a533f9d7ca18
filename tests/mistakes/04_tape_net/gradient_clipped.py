"""gradient-clipped: each gradient is clipped to [-0.1, 0.1].
question: 04.4
cause: clipped, extra-function
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    return {name: tf.clip_by_value(grad, -0.1, 0.1) for name, grad in grads.items()}
