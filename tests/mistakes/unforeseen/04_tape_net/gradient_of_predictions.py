"""gradient-of-predictions: the tape is asked for the gradient of the predictions instead of that of the loss.
question: 04.4
cause: wrong-value, missing-factor, missing-function, missing-mean
"""


def gradients(X, Y, params):
    with tf.GradientTape() as t:
        y_pred = forward(X, params)
        loss = mse_loss(y_pred, Y)
    grads = t.gradient(y_pred, params)
    return grads
