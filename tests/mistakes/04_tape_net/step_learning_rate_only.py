"""step-learning-rate-only: only the optimizer's learning rate is used, its momentum is not.
question: 04.5
cause: not-used, missing-term, fresh-state
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    rate = tf.cast(optimizer.learning_rate, loss.dtype)
    for name in params:
        params[name].assign_sub(rate * grads[name])
    return loss
