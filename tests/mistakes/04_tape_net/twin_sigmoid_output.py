"""twin-sigmoid-output: the output layer has a sigmoid too.
question: 04.9
cause: extra-activation, extra-function
"""


def sequential_twin(params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    n, h, k = W1.shape[0], W1.shape[1], W2.shape[1]
    model = keras.Sequential([
        keras.Input((n,)),
        keras.layers.Dense(h, activation="sigmoid"),
        keras.layers.Dense(k, activation="sigmoid"),
    ])
    model.set_weights([W1, b1[0], W2, b2[0]])
    return model
