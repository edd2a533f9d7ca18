"""gradient-flat-biases: the gradients of the biases are flattened to (h,) and (k,).
question: 04.4
cause: keepdims, shape
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    grads["b1"] = tf.reshape(grads["b1"], [-1])
    grads["b2"] = tf.reshape(grads["b2"], [-1])
    return grads
