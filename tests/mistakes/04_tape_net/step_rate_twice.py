"""step-rate-twice: the gradient is multiplied by the learning rate, and the optimizer does it again.
question: 04.5
cause: doubled-factor
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    rate = tf.cast(optimizer.learning_rate, loss.dtype)
    optimizer.apply_gradients([(rate * grads[name], params[name]) for name in params])
    return loss
