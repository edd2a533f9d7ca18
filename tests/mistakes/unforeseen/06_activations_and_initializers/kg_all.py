"""kg_all: all trainable variables, biases too.

question: 06.15
means: biases left in
cause: kind
"""
import math

import keras
import numpy as np
import tensorflow as tf


def kernel_gradients(model, X, Y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum((model(X) - Y) ** 2) / len(X)
    return tape.gradient(loss, model.trainable_variables)
