"""tanh_slope_sig: slope H*(1-H), copied from the sigmoid.

question: 06.2
means: formula of another activation
cause: other-derivative
"""
import math

import keras
import numpy as np
import tensorflow as tf


def tanh(Z):
    H = tf.tanh(Z)
    return H, H * (1 - H)
