"""w18_images_edge: the border is repeated.

question: 09.8
means: something else than zeros comes in
cause: other-function, wrong-value
named: no
"""
import math

import numpy as np
import tensorflow as tf


def shift_images(images, shifts):
    out = []
    for image, (down, right) in zip(images.numpy(), shifts.numpy()):
        h, w = image.shape
        wide = np.pad(image, ((h, h), (w, w)), mode="edge")
        out.append(wide[h - down : 2 * h - down, w - right : 2 * w - right])
    return tf.stack(out)
