"""z25_images_rolled: rolls the images, so what leaves on one side comes in on the other.

question: 09.8
means: what leaves comes in again
cause: other-function
"""

import tensorflow as tf


def shift_images(images, shifts):
    moved = [tf.roll(image, shift, axis=(0, 1)) for image, shift in zip(images, shifts)]
    return tf.stack(moved)
