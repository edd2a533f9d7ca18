"""model-dropout-everywhere: dropout before the first layer too, on the pixels.
question: 10.6
cause: extra-function
"""


def build_model(hp: keras_tuner.HyperParameters) -> keras.Model:
    hidden_layers = hp.Int("hidden_layers", 1, 3)
    units = hp.Int("units", 16, 128, sampling="log")
    activation = hp.Choice("activation", ["relu", "tanh", "sigmoid"])
    dropout = hp.Float("dropout", 0.0, 0.5)
    learning_rate = hp.Float("learning_rate", 1e-5, 1.0, sampling="log")
    if hp.Choice("optimizer", ["sgd", "adam"]) == "sgd":
        with hp.conditional_scope("optimizer", ["sgd"]):
            momentum = hp.Float("momentum", 0.0, 0.9)
        optimizer = keras.optimizers.SGD(learning_rate, momentum=momentum)
    else:
        optimizer = keras.optimizers.Adam(learning_rate)
    layers = [keras.Input((N_FEATURES,)), keras.layers.Dropout(dropout)]
    for _ in range(hidden_layers):
        layers += [keras.layers.Dense(units, activation=activation), keras.layers.Dropout(dropout)]
    layers.append(keras.layers.Dense(NUM_CLASSES, activation="softmax"))
    model = keras.Sequential(layers)
    model.compile(optimizer, loss="categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model
