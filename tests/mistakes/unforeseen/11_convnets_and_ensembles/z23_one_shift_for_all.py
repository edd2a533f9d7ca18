"""z23_one_shift_for_all: Draws one pair of numbers and moves all images by it.

question: 11.9
means: same shift for every image
cause: same-draws
"""

import numpy as np


def shift_images(images, most, rng):
    M, h, w, c = images.shape
    down, right = rng.integers(-most, most + 1, size=2)
    padded = np.pad(images, ((0, 0), (most, most), (most, most), (0, 0)))
    return padded[:, most - down : most - down + h, most - right : most - right + w].copy()
