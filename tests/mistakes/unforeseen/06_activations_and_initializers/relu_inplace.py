"""relu_inplace: slope 1 at zero and slope taken as sign.

question: 06.3
means: >= at the corner AND sign -1 on the negative side (two mistakes)
cause: other-derivative
"""
import math

import keras
import numpy as np
import tensorflow as tf


def relu(Z):
    H = tf.maximum(Z, 0)
    slope = tf.where(Z >= 0, tf.ones_like(Z), -tf.ones_like(Z))
    return H, slope
