"""leaky_minus: negative slope -alpha.

question: 06.4
means: sign wrong in the slope (thinks it goes down)
cause: sign
"""
import math

import keras
import numpy as np
import tensorflow as tf


def leaky_relu(Z, alpha):
    H = tf.where(Z > 0, Z, alpha * Z)
    return H, tf.where(Z > 0, tf.ones_like(Z), -alpha * tf.ones_like(Z))
