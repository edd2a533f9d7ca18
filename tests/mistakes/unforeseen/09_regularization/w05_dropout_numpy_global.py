"""w05_dropout_numpy_global: NumPy's global generator, seeded in the constructor.

question: 09.2
means: masks that two layers share
cause: seed
"""
import math

import numpy as np
import tensorflow as tf


class Dropout:
    def __init__(self, rate, seed):
        self.rate = rate
        np.random.seed(seed)

    def forward(self, H, training):
        self.mask = tf.ones_like(H)
        if training:
            self.mask = tf.constant(np.random.rand(*H.shape) >= self.rate, H.dtype) / (1 - self.rate)
        return H * self.mask

    def backward(self, G):
        return G * self.mask
