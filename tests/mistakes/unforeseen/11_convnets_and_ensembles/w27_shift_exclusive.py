"""w27_shift_exclusive: the upper end is never drawn.

question: 11.9
means: rng.integers without its end
cause: off-by-one
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
        a, b = (rng.integers(0, 2 * most, size=2)) if most else (0, 0)
        moved[m] = padded[m, a : a + h, b : b + w]
    return moved
