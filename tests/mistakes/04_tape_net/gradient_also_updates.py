"""gradient-also-updates: the function takes a step as well, so the parameters change.
question: 04.4
cause: changes-argument
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    for name in params:
        params[name].assign_sub(0.01 * grads[name])
    return grads
