"""w11_vg_size_check: checks size instead of shape: a loss of shape (1,) is let through.

question: 07.3
means: shape (1,) passes for one number
cause: missing-step
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def value_and_gradient(loss, prediction, *others):
    with tf.GradientTape() as tape:
        tape.watch(prediction)
        value = loss(prediction, *others)
    if tf.size(value) > 1:
        raise ValueError("one number please")
    return value, tape.gradient(value, prediction)
