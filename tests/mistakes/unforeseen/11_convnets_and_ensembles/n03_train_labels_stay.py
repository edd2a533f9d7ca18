"""n03_train_labels_stay: shuffles the images by hand, and not their labels.

question: 11.10
means: images and labels get out of step
cause: pairing
"""

import keras
import numpy as np


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    for _ in range(epochs):
        moved = rng.permutation(shift_images(images, most, rng))
        model.fit(moved, labels, batch_size=32, epochs=1, verbose=0)
    return model
