"""elu_tfnn: tf.nn.elu without alpha, slope e^z without alpha.

question: 06.5
means: alpha forgotten at both places
cause: missing-factor
"""
import math

import keras
import numpy as np
import tensorflow as tf


def elu(Z, alpha):
    H = tf.nn.elu(Z)
    return H, tf.where(Z > 0, tf.ones_like(Z), tf.exp(tf.minimum(Z, 0)))
