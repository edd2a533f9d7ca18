"""z20_logits_out: Ends with a dense layer without softmax, since the loss could take logits.

question: 11.8
means: no softmax at the end
cause: missing-activation
"""

import keras
from keras import layers


def build_cnn(shape, filters, k):
    model = keras.Sequential()
    model.add(keras.Input(shape))
    for n in filters:
        model.add(layers.Conv2D(n, (3, 3), padding="same", activation="relu"))
        model.add(layers.MaxPooling2D((2, 2), strides=2))
    model.add(layers.Flatten())
    model.add(layers.Dense(k))
    return model
