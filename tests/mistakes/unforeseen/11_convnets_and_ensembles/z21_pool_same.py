"""z21_pool_same: Pools with padding "same" too, so that odd maps come out one larger.

question: 11.8
means: pooling padded with same
cause: shape, flag
"""

import keras
from keras import layers


def build_cnn(shape, filters, k):
    blocks = []
    for f in filters:
        blocks += [
            layers.Conv2D(f, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2, 2, padding="same"),
        ]
    return keras.Sequential([keras.Input(shape), *blocks, layers.Flatten(), layers.Dense(k, activation="softmax")])
