"""step-rebinds-tensors: the dict's entries are replaced by tensors, the variables stay where they were.
question: 04.5
cause: copy-updated, not-used, kind, raises
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    for name in params:
        params[name] = params[name] - optimizer.learning_rate * grads[name]
    return loss
