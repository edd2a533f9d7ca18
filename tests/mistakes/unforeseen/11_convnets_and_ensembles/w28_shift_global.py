"""w28_shift_global: NumPy's global generator.

question: 11.9
means: rng not used
cause: seed
"""
import math

import keras
import numpy as np
import tensorflow as tf


def shift_images(images, most, rng):
    h, w = images.shape[1:3]
    padded = np.pad(images, ((0, 0), (most, most), (most, most), (0, 0)))
    moved = np.zeros_like(images)
    for m in range(len(images)):
        a, b = np.random.randint(0, 2 * most + 1, size=2)
        moved[m] = padded[m, a : a + h, b : b + w]
    return moved
