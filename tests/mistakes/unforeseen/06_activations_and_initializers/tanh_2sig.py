"""tanh_2sig: 2*sigma(z)-1, forgot the 2 inside; slope 1-H^2.

question: 06.2
means: argument not doubled
cause: missing-factor
"""
import math

import keras
import numpy as np
import tensorflow as tf


def tanh(Z):
    H = 2 * tf.sigmoid(Z) - 1
    return H, 1 - H**2
