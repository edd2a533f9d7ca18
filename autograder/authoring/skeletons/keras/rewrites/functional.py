"""Right, and written otherwise: `autograder try 00_name` demands full marks on every seed."""

import keras


def build_classifier(features, units, classes):
    inputs = keras.Input((features,))
    hidden = keras.layers.ReLU()(keras.layers.Dense(units)(inputs))
    return keras.Model(inputs, keras.layers.Softmax()(keras.layers.Dense(classes)(hidden)))
