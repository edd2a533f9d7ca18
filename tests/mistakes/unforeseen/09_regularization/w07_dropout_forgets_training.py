"""w07_dropout_forgets_training: the mask is drawn, and H returned whole.

question: 09.2
means: the mask is not applied
cause: missing-step, thrown-away
"""
import math

import numpy as np
import tensorflow as tf


class Dropout:
    def __init__(self, rate, seed):
        self.rate, self.rng = rate, np.random.default_rng(seed)

    def forward(self, H, training):
        self.mask = tf.ones_like(H)
        if training:
            self.mask = tf.constant(self.rng.random(H.shape) >= self.rate, H.dtype) / (1 - self.rate)
        return H

    def backward(self, G):
        return G * self.mask
