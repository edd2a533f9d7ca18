"""sig_applied_twice: slope calls sigmoid on H again (chain of own names).

question: 06.1
means: sigmoid applied twice in the slope
cause: derivative-value
"""
import math

import keras
import numpy as np
import tensorflow as tf


def sigmoid(Z):
    H = tf.sigmoid(Z)
    s = tf.sigmoid(H)
    return H, s * (1 - s)
