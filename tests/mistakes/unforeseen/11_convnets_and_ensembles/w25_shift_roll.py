"""w25_shift_roll: what leaves an image comes back.

question: 11.9
means: np.roll
cause: wrong-value
"""
import math

import keras
import numpy as np
import tensorflow as tf


def shift_images(images, most, rng):
    return np.stack([np.roll(image, rng.integers(-most, most + 1, 2), axis=(0, 1)) for image in images])
