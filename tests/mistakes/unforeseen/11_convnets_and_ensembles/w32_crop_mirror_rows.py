"""w32_crop_mirror_rows: mirrored upside down.

question: 11.11
means: the wrong axis
cause: axis
"""
import math

import keras
import numpy as np
import tensorflow as tf


def ten_crop(images, size, mirror):
    h, w = images.shape[1:3]
    tops, lefts = (0, 0, h - size, h - size, (h - size) // 2), (0, w - size, 0, w - size, (w - size) // 2)
    views = [images[:, a : a + size, b : b + size] for a, b in zip(tops, lefts)]
    if mirror:
        views += [view[:, ::-1] for view in views]
    return np.stack(views)
