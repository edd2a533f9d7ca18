"""w31_train_same_rng: a new generator from the same seed in every epoch.

question: 11.10
means: default_rng inside the loop
cause: not-reshuffled
"""
import math

import keras
import numpy as np
import tensorflow as tf


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
    for _ in range(epochs):
        model.fit(shift_images(images, most, np.random.default_rng(seed)), labels, batch_size=32, verbose=0)
    return model
