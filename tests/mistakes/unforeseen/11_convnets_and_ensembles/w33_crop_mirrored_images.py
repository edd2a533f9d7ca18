"""w33_crop_mirrored_images: crops of the mirrored images: left and right corners change places.

question: 11.11
means: mirror first
cause: order
"""
import math

import keras
import numpy as np
import tensorflow as tf


def ten_crop(images, size, mirror):
    views = []
    for given in [images, images[:, :, ::-1]] if mirror else [images]:
        h, w = given.shape[1:3]
        views += [given[:, :size, :size], given[:, :size, -size:], given[:, -size:, :size], given[:, -size:, -size:]]
        a, b = (h - size) // 2, (w - size) // 2
        views.append(given[:, a : a + size, b : b + size])
    return np.stack(views)
