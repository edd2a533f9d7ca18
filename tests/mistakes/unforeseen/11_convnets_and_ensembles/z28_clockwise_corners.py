"""z28_clockwise_corners: Goes clockwise around the corners, so bottom right comes before bottom left.

question: 11.11
means: bottom corners in the wrong order
cause: order
"""

import numpy as np


def ten_crop(images, size, mirror):
    h, w = images.shape[1:3]
    top, left = (h - size) // 2, (w - size) // 2
    views = [
        images[:, :size, :size],
        images[:, :size, w - size :],
        images[:, h - size :, w - size :],
        images[:, h - size :, :size],
        images[:, top : top + size, left : left + size],
    ]
    if mirror:
        views += [view[:, :, ::-1] for view in views]
    return np.stack(views)
