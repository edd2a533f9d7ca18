"""step-twice: the same gradient is applied twice.
question: 04.5
cause: repeated-step, factor-two
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
    return loss
