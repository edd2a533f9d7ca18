"""n04_train_shifts_of_seed_0: the shifts come from seed 0, whatever the seed is.

question: 11.10
means: shifts do not depend on the seed
cause: seed
"""

import keras
import numpy as np


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(0)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    for _ in range(epochs):
        model.fit(shift_images(images, most, rng), labels, batch_size=32, epochs=1, verbose=0)
    return model
