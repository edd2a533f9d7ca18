"""gradient-numpy-inside-tape: the predictions pass through .numpy(), which cuts the tape.
question: 04.4
cause: disconnected, kind
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        errors = forward(X, params).numpy() - Y.numpy()
        loss = tf.reduce_mean(tf.reduce_sum(tf.constant(errors) ** 2, axis=1))
    return tape.gradient(loss, params)
