"""twin-no-biases: the layers are made without biases.
question: 04.9
cause: missing-term, flag
"""


def sequential_twin(params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    n, h, k = W1.shape[0], W1.shape[1], W2.shape[1]
    model = keras.Sequential([
        keras.Input((n,)),
        keras.layers.Dense(h, activation="sigmoid", use_bias=False),
        keras.layers.Dense(k, use_bias=False),
    ])
    model.set_weights([W1, W2])
    return model
