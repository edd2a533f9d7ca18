"""step-returns-none: the step returns nothing.
question: 04.5
cause: kind
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
