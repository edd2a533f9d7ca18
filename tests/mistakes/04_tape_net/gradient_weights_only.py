"""gradient-weights-only: the gradients of the biases are left out.
question: 04.4
cause: missing-step, missing-name, kind
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    dW1, dW2 = tape.gradient(loss, [params["W1"], params["W2"]])
    return {"W1": dW1, "W2": dW2}
