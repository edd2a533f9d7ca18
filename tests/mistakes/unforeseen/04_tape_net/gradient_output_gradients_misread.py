"""gradient-output-gradients-misread: the loss is passed as output_gradients, so every gradient is multiplied by the loss.
question: 04.4
cause: flag, wrong-value
"""


def gradients(X, Y, params):
    names = ["W1", "b1", "W2", "b2"]
    with tf.GradientTape() as tape:
        out = forward(X, params)
        L = mse_loss(out, Y)
    g = tape.gradient(L, [params[s] for s in names], output_gradients=L)
    return {s: gi for s, gi in zip(names, g)}
