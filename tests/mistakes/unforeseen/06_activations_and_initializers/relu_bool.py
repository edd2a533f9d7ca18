"""relu_bool: slope is a boolean mask.

question: 06.3
means: no cast
cause: dtype
"""
import math

import keras
import numpy as np
import tensorflow as tf


def relu(Z):
    return tf.nn.relu(Z), Z > 0
