"""step-ascent: the step goes uphill: the gradient is negated before the optimizer subtracts it.
question: 04.5
cause: sign
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients([(-grads[name], params[name]) for name in params])
    return loss
