"""twin-unbuilt: the model has no input size, so it has no weights to copy into.
question: 04.9
cause: missing-step, wrong-value, not-used
"""


def sequential_twin(params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    n, h, k = W1.shape[0], W1.shape[1], W2.shape[1]
    model = keras.Sequential([
        keras.layers.Dense(h, activation="sigmoid"),
        keras.layers.Dense(k),
    ])
    return model
