"""w30_train_default_adam: the optimizer by name.

question: 11.10
means: optimizer='adam'
cause: constant
"""
import math

import keras
import numpy as np
import tensorflow as tf


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = build_cnn(images.shape[1:], filters, 10)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    for _ in range(epochs):
        model.fit(shift_images(images, most, rng), labels, batch_size=32, verbose=0)
    return model
