"""z22_last_shift_missing: Draws with rng.integers(-most, most), whose upper end is not included.

question: 11.9
means: upper bound of the shift excluded
cause: off-by-one
"""

import numpy as np


def shift_images(images, most, rng):
    out = np.zeros_like(images)
    h, w = images.shape[1:3]
    for m, image in enumerate(images):
        dy, dx = rng.integers(-most, max(most, 1), size=2)
        out[m, max(dy, 0) : h + min(dy, 0), max(dx, 0) : w + min(dx, 0)] = image[
            max(-dy, 0) : h + min(-dy, 0), max(-dx, 0) : w + min(-dx, 0)
        ]
    return out
