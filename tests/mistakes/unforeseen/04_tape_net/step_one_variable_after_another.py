"""step-one-variable-after-another: the gradient is taken anew for each variable after the ones before it have moved.
question: 04.5
cause: stale-value, order
"""


def train_step(X, Y, params, optimizer):
    optimizer.build(list(params.values()))
    first_loss = None
    for name in params:
        with tf.GradientTape() as tape:
            loss = mse_loss(forward(X, params), Y)
        if first_loss is None:
            first_loss = loss
        g = tape.gradient(loss, params[name])
        optimizer.apply_gradients([(g, params[name])])
    return first_loss
