"""maxout_share: ties share the slope 1/2 each (like tf.reduce_max gradient).

question: 06.6
means: convention of TF gradient: split among ties
"""
import math

import keras
import numpy as np
import tensorflow as tf


def maxout(Z):
    H = tf.reduce_max(Z, axis=-1)
    mask = tf.cast(Z == H[..., None], Z.dtype)
    return H, mask / tf.reduce_sum(mask, axis=-1, keepdims=True)
