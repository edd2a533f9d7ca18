"""n02_train_own_order: an order of its own, from a generator without a seed.

question: 11.10
means: order not decided by the seed
cause: seed
"""

import keras
import numpy as np


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    for _ in range(epochs):
        order = np.random.default_rng().permutation(len(images))
        moved = shift_images(images[order], most, rng)
        model.fit(moved, labels[order], batch_size=32, epochs=1, shuffle=False, verbose=0)
    return model
