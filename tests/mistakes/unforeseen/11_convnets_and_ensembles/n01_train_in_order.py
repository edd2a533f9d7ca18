"""n01_train_in_order: fit with shuffle=False, the same batches in every epoch.

question: 11.10
means: images are not shuffled
cause: no-shuffle
"""

import keras
import numpy as np


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    for _ in range(epochs):
        model.fit(shift_images(images, most, rng), labels, batch_size=32, epochs=1, shuffle=False, verbose=0)
    return model
