"""gradient-tape-used-twice: a tape that is not persistent is asked for a gradient more than once.
question: 04.4
cause: flag, raises
"""


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return {name: tape.gradient(loss, variable) for name, variable in params.items()}
