"""two_04_logits_trained: Builds the network without softmax and trains it with from_logits=True, so it returns logits.

question: 11.8
also: 11.10
means: network returns logits not probabilities
cause: missing-activation
"""

import keras
import numpy as np


def build_cnn(shape, filters, k):
    model = keras.Sequential([keras.Input(shape)])
    for f in filters:
        model.add(keras.layers.Conv2D(f, 3, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D(2, 2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(k))
    return model


def shift_images(images, most, rng):
    h, w = images.shape[1:3]
    big = np.pad(images, ((0, 0), (most, most), (most, most), (0, 0)))
    places = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    return np.stack([one[i : i + h, j : j + w] for one, (i, j) in zip(big, places)])


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    for _ in range(epochs):
        model.fit(shift_images(images, most, rng), labels, batch_size=32, epochs=1, verbose=0)
    return model
