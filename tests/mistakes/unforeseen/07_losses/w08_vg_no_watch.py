"""w08_vg_no_watch: prediction not watched: gradient None.

question: 07.3
means: missing tape.watch
cause: disconnected
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def value_and_gradient(loss, prediction, *others):
    with tf.GradientTape() as tape:
        value = loss(prediction, *others)
    if value.shape != ():
        raise ValueError("one number please")
    return value, tape.gradient(value, prediction)
