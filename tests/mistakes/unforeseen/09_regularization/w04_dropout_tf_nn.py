"""w04_dropout_tf_nn: TensorFlow's own dropout.

question: 09.2
means: a ready-made function
cause: raises
named: by its check
"""
import math

import numpy as np
import tensorflow as tf


class Dropout:
    def __init__(self, rate, seed):
        self.rate, self.seed = rate, seed

    def forward(self, H, training):
        if not training:
            self.mask = tf.ones_like(H)
            return H
        out = tf.nn.dropout(H, self.rate, seed=self.seed)
        self.mask = out / H
        return out

    def backward(self, G):
        return G * self.mask
