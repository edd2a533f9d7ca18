"""twin-one-bias-for-all: the biases come from a constant initializer, so each layer has one mean bias for all its units.
question: 04.9
cause: wrong-value, extra-function
"""


def sequential_twin(params):
    W1, W2 = params["W1"], params["W2"]
    dt = W1.dtype.name
    m1 = float(tf.reduce_mean(params["b1"]))
    m2 = float(tf.reduce_mean(params["b2"]))
    model = keras.Sequential([
        keras.Input((W1.shape[0],), dtype=dt),
        keras.layers.Dense(W1.shape[1], activation="sigmoid", dtype=dt, bias_initializer=keras.initializers.Constant(m1)),
        keras.layers.Dense(W2.shape[1], dtype=dt, bias_initializer=keras.initializers.Constant(m2)),
    ])
    model.layers[0].kernel.assign(W1)
    model.layers[1].kernel.assign(W2)
    return model
