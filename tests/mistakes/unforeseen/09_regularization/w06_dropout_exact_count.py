"""w06_dropout_exact_count: exactly the rate's share of each row is dropped.

question: 09.2
means: draws that depend on each other
cause: distribution
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
            M, m = H.shape
            kept = np.ones((M, m))
            for row in kept:
                row[self.rng.choice(m, int(round(self.rate * m)), replace=False)] = 0
            self.mask = tf.constant(kept, H.dtype) / (1 - self.rate)
        return H * self.mask

    def backward(self, G):
        return G * self.mask
