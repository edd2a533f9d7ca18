"""step-no-update: the gradients are computed and never applied.
question: 04.5
cause: missing-step, not-used
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    return loss
