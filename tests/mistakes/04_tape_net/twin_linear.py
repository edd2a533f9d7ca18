"""twin-linear: the hidden layer has no activation.
question: 04.9
cause: missing-activation, missing-function, missing-step
"""


def sequential_twin(params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    n, h, k = W1.shape[0], W1.shape[1], W2.shape[1]
    model = keras.Sequential([
        keras.Input((n,)),
        keras.layers.Dense(h, activation=None),
        keras.layers.Dense(k),
    ])
    model.set_weights([W1, b1[0], W2, b2[0]])
    return model
