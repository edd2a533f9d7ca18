"""w19_units_of_each_layer: each layer has units of its own.

question: 10.6
means: units_0, units_1, units_2
cause: missing-name, wrong-count, other-function
"""

import keras


def build_model(hp):
    layers = [keras.Input((N_FEATURES,))]
    activation = hp.Choice("activation", ["relu", "tanh", "sigmoid"])
    rate = hp.Float("dropout", 0.0, 0.5)
    for number in range(hp.Int("hidden_layers", 1, 3)):
        layers.append(keras.layers.Dense(hp.Int(f"units_{number}", 16, 128, sampling="log"), activation))
        layers.append(keras.layers.Dropout(rate))
    layers.append(keras.layers.Dense(NUM_CLASSES, "softmax"))
    model = keras.Sequential(layers)
    learning_rate = hp.Float("learning_rate", 1e-5, 1.0, sampling="log")
    if hp.Choice("optimizer", ["sgd", "adam"]) == "sgd":
        with hp.conditional_scope("optimizer", ["sgd"]):
            optimizer = keras.optimizers.SGD(learning_rate, momentum=hp.Float("momentum", 0.0, 0.9))
    else:
        optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model
