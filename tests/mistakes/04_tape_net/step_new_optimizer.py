"""step-new-optimizer: every step makes a new optimizer, so momentum is lost.
question: 04.5
cause: fresh-state, not-used
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer = type(optimizer).from_config(optimizer.get_config())
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
    return loss
