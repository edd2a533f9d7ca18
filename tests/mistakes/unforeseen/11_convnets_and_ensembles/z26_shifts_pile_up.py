"""z26_shifts_pile_up: Writes the shifted images back into the argument, so the shifts pile up and the data are lost.

question: 11.10
means: training images overwritten by shifts
cause: changes-argument
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
    rng = np.random.default_rng(seed)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="sparse_categorical_crossentropy")
    for _ in range(epochs):
        images[:] = shift_images(images, most, rng)
        model.fit(images, labels, batch_size=32, epochs=1, verbose=0)
    return model
