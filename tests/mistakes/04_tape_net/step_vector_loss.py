"""step-vector-loss: the step takes the gradient of tf.losses.MSE, a vector, so steps grow with the batch.
question: 04.5
cause: missing-mean, mean-over-outputs, missing-factor, not-summed
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        losses = tf.losses.MSE(Y, forward(X, params))
    grads = tape.gradient(losses, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
    return tf.reduce_mean(losses) * Y.shape[1]
