"""w12_vg_float: gives the loss and turns the prediction into a float32 variable.

question: 07.3
means: dtype float32 hard-coded
cause: dtype
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def value_and_gradient(loss, prediction, *others):
    x = tf.Variable(tf.cast(prediction, tf.float32))
    with tf.GradientTape() as tape:
        value = loss(x, *others)
    if value.shape != ():
        raise ValueError("one number please")
    return value, tape.gradient(value, x)
