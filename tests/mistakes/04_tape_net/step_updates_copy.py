"""step-updates-copy: copies of the variables are updated, the caller's are not.
question: 04.5
cause: copy-updated, raises
"""


def train_step(X, Y, params, optimizer):
    params = {name: tf.Variable(variable) for name, variable in params.items()}
    optimizer.build(list(params.values()))
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
    return loss
