"""w21_rate_of_sgd_alone: Adam keeps its own learning rate.

question: 10.6
means: Adam adapts it anyway
cause: not-used, incomplete, constant
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
    learning_rate = hp.Float("learning_rate", 1e-5, 1.0, sampling="log")
    optimizer = "adam"
    if hp.Choice("optimizer", ["sgd", "adam"]) == "sgd":
        with hp.conditional_scope("optimizer", ["sgd"]):
            optimizer = keras.optimizers.SGD(learning_rate, momentum=hp.Float("momentum", 0.0, 0.9))
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model
