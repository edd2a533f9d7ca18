"""z27_images_first_shift_for_all: takes the shift of the first image for all of them.

question: 09.8
means: all images move as the first
cause: one-example
"""

import tensorflow as tf


def shift_images(images, shifts):
    height, width = images.shape[1:]
    down, right = (int(number) for number in shifts[0])
    padded = tf.pad(images, [[0, 0], [height, height], [width, width]])
    return padded[:, height - down : 2 * height - down, width - right : 2 * width - right]
