"""z29_centre_rounded_up: Rounds the start of the centre up where the gap is odd.

question: 11.11
means: centre begins one pixel too late
cause: rounding
"""

import math

import numpy as np


def ten_crop(images, size, mirror):
    _, h, w, _ = images.shape
    y, x = math.ceil((h - size) / 2), math.ceil((w - size) / 2)
    starts = [(0, 0), (0, w - size), (h - size, 0), (h - size, w - size), (y, x)]
    crops = np.array([images[:, r : r + size, s : s + size, :] for r, s in starts])
    return np.concatenate([crops, np.flip(crops, axis=3)]) if mirror else crops
