"""w22_rate_to_one_tenth: the learning rate goes to 0.1 only.

question: 10.6
means: everybody knows that 1 explodes
cause: wrong-value, constant, hard-coded
"""

import keras


def build_model(hp):
    layers = [keras.Input((N_FEATURES,))]
    activation = hp.Choice("activation", ["relu", "tanh", "sigmoid"])
    units = hp.Int("units", 16, 128, sampling="log")
    rate = hp.Float("dropout", 0.0, 0.5)
    for _ in range(hp.Int("hidden_layers", 1, 3)):
        layers += [keras.layers.Dense(units, activation), keras.layers.Dropout(rate)]
    layers.append(keras.layers.Dense(NUM_CLASSES, "softmax"))
    model = keras.Sequential(layers)
    learning_rate = hp.Float("learning_rate", 1e-5, 0.1, sampling="log")
    if hp.Choice("optimizer", ["sgd", "adam"]) == "sgd":
        with hp.conditional_scope("optimizer", ["sgd"]):
            optimizer = keras.optimizers.SGD(learning_rate, momentum=hp.Float("momentum", 0.0, 0.9))
    else:
        optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model
