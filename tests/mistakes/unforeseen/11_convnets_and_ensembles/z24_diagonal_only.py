"""z24_diagonal_only: Draws one number for each image and uses it for both directions.

question: 11.9
means: one number used for both axes
cause: same-draws
"""

import numpy as np


def shift_images(images, most, rng):
    M, h, w, _ = images.shape
    big = np.pad(images, ((0, 0), (most, most), (most, most), (0, 0)))
    starts = rng.integers(0, 2 * most + 1, size=M)
    return np.stack([big[m, s : s + h, s : s + w] for m, s in enumerate(starts)])
