"""z27_unseeded_shifts: Seeds Keras but draws the shifts from a generator without a seed.

question: 11.10
means: shifts not decided by the seed
cause: seed
"""

import keras
import numpy as np


def build_cnn(shape, filters, k):
    layers = [keras.Input(shape)]
    for f in filters:
        layers.append(keras.layers.Conv2D(f, 3, padding="same", activation="relu"))
        layers.append(keras.layers.MaxPooling2D(2, 2))
    return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(k, activation="softmax")])


def shift_images(images, most, rng):
    h, w = images.shape[1:3]
    big = np.pad(images, ((0, 0), (most, most), (most, most), (0, 0)))
    places = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    return np.stack([one[i : i + h, j : j + w] for one, (i, j) in zip(big, places)])


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng()
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(keras.optimizers.Adam(1e-2), loss=keras.losses.SparseCategoricalCrossentropy())
    for epoch in range(epochs):
        model.fit(shift_images(images, most, rng), labels, epochs=1, batch_size=32, verbose=0)
    return model
