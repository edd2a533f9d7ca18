"""sig_z: slope computed from Z instead of sigma.

question: 06.1
means: the derivative formula is applied to z
cause: derivative-value
"""
import math

import keras
import numpy as np
import tensorflow as tf


def sigmoid(Z):
    H = tf.sigmoid(Z)
    return H, Z * (1 - Z)
