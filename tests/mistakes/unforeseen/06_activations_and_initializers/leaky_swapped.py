"""leaky_swapped: where branches swapped in the slope.

question: 06.4
means: alpha on the positive side
cause: branches-swapped
"""
import math

import keras
import numpy as np
import tensorflow as tf


def leaky_relu(Z, alpha):
    H = tf.maximum(Z, alpha * Z)
    return H, tf.where(Z > 0, alpha * tf.ones_like(Z), tf.ones_like(Z))
