"""w19_images_negative_slices: negative moves are forgotten.

question: 09.8
means: only one of two cases
cause: one-case
named: no
"""
import math

import numpy as np
import tensorflow as tf


def shift_images(images, shifts):
    old = images.numpy()
    new = np.zeros_like(old)
    _, h, w = old.shape
    for i, (d, r) in enumerate(shifts.numpy()):
        d, r = max(d, 0), max(r, 0)
        new[i, d:, r:] = old[i, : h - d, : w - r]
    return tf.constant(new)
