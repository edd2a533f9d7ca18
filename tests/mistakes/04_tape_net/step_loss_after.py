"""step-loss-after: the loss is computed again after the update and that one is returned.
question: 04.5
cause: stale-value, order
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
    return mse_loss(forward(X, params), Y)
