"""gradient-last-example: a loop over the examples overwrites the gradient, so the last example alone counts.
question: 04.4
cause: one-example, accumulation
"""


def gradients(X, Y, params):
    for i in range(X.shape[0]):
        with tf.GradientTape() as tape:
            loss = mse_loss(forward(X[i : i + 1], params), Y[i : i + 1])
        grads = tape.gradient(loss, params)
    return grads
