"""twin-biases-not-copied: the kernels are copied, the biases stay zero.
question: 04.9
cause: missing-step, wrong-value, zero, missing-term
"""


def sequential_twin(params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    n, h, k = W1.shape[0], W1.shape[1], W2.shape[1]
    model = keras.Sequential([
        keras.Input((n,)),
        keras.layers.Dense(h, activation="sigmoid"),
        keras.layers.Dense(k),
    ])
    model.layers[0].kernel.assign(W1)
    model.layers[1].kernel.assign(W2)
    return model
