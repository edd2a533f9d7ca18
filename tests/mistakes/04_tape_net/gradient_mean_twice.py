"""gradient-mean-twice: the gradient of the mean is divided by M again.
question: 04.4
cause: mean-twice, doubled-factor
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    M = X.shape[0]
    return {name: grad / M for name, grad in grads.items()}
