"""kg_half: half of the sum (other lecture), not divided by M.

question: 06.15
means: two mistakes: factor 1/2 and no M
"""
import math

import keras
import numpy as np
import tensorflow as tf


def kernel_gradients(model, X, Y):
    with tf.GradientTape() as tape:
        loss = 0.5 * tf.reduce_sum((Y - model(X)) ** 2)
    return tape.gradient(loss, [layer.kernel for layer in model.layers])
