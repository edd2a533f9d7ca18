"""twin-relu: the hidden layer uses relu.
question: 04.9
cause: other-activation, other-function
"""


def sequential_twin(params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    n, h, k = W1.shape[0], W1.shape[1], W2.shape[1]
    model = keras.Sequential([
        keras.Input((n,)),
        keras.layers.Dense(h, activation="relu"),
        keras.layers.Dense(k),
    ])
    model.set_weights([W1, b1[0], W2, b2[0]])
    return model
