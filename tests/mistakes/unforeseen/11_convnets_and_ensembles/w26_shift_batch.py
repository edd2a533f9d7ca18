"""w26_shift_batch: one shift for all images.

question: 11.9
means: one draw
cause: same-draws
"""
import math

import keras
import numpy as np
import tensorflow as tf


def shift_images(images, most, rng):
    h, w = images.shape[1:3]
    a, b = rng.integers(0, 2 * most + 1, size=2)
    return np.pad(images, ((0, 0), (most, most), (most, most), (0, 0)))[:, a : a + h, b : b + w]
