"""twin-transposed-kernels: the kernels are transposed and pressed back into shape.
question: 04.9
cause: transpose, wrong-value
"""


def sequential_twin(params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    n, h, k = W1.shape[0], W1.shape[1], W2.shape[1]
    model = keras.Sequential([
        keras.Input((n,)),
        keras.layers.Dense(h, activation="sigmoid"),
        keras.layers.Dense(k),
    ])
    model.set_weights([W1.T.reshape(n, h), b1[0], W2.T.reshape(h, k), b2[0]])
    return model
