"""gradient-wrong-order: the list of sources and the list of names are in different orders.
question: 04.4
cause: wrong-value, arguments-swapped, shape
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    dW1, dW2, db1, db2 = tape.gradient(loss, [params["W1"], params["W2"], params["b1"], params["b2"]])
    return dict(zip(["W1", "b1", "W2", "b2"], [dW1, dW2, db1, db2]))
