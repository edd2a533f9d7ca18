"""softmax_diag: elementwise slope P*(1-P) on a diagonal only, off-diagonal zero.

question: 06.7
means: treats softmax like sigmoid
cause: missing-term
"""
import math

import keras
import numpy as np
import tensorflow as tf


def softmax(Z):
    P = tf.nn.softmax(Z)
    return P, tf.linalg.diag(P * (1 - P))
