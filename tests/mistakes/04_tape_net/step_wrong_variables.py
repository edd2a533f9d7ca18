"""step-wrong-variables: gradients and variables are zipped in different orders.
question: 04.5
cause: arguments-swapped, raises
"""


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients(zip(grads.values(), [params["W1"], params["W2"], params["b1"], params["b2"]]))
    return loss
