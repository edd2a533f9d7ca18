"""w20_dropout_at_the_end: one dropout, before the output.

question: 10.6
means: the loop was left too early
cause: incomplete, missing-step
"""

import keras


def build_model(hp):
    layers = [keras.Input((N_FEATURES,))]
    activation = hp.Choice("activation", ["relu", "tanh", "sigmoid"])
    units = hp.Int("units", 16, 128, sampling="log")
    for _ in range(hp.Int("hidden_layers", 1, 3)):
        layers.append(keras.layers.Dense(units, activation))
    layers.append(keras.layers.Dropout(hp.Float("dropout", 0.0, 0.5)))
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
