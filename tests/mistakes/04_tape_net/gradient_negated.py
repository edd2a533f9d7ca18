"""gradient-negated: the gradient has the wrong sign, as if it were the step already.
question: 04.4
cause: sign
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    return {name: -grad for name, grad in grads.items()}
