"""kg_mean: keras MSE: mean over outputs too.

question: 06.15
means: mean for a sum
cause: mean-over-outputs
"""
import math

import keras
import numpy as np
import tensorflow as tf


def kernel_gradients(model, X, Y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(X) - Y) ** 2)
    return tape.gradient(loss, [layer.kernel for layer in model.layers])
