"""w09_vg_reduce_mean: takes the mean of a vector loss instead of raising.

question: 07.3
means: no ValueError, silently averages
cause: missing-step
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def value_and_gradient(loss, prediction, *others):
    with tf.GradientTape() as tape:
        tape.watch(prediction)
        value = tf.reduce_mean(loss(prediction, *others))
    return value, tape.gradient(value, prediction)
