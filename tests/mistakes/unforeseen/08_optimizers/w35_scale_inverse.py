"""w35_scale_inverse: larger batch, smaller rate.

question: 08.14
means: old / new
cause: operands-swapped
"""
import math

import numpy as np
import tensorflow as tf


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return learning_rate * (old_batch_size / batch_size)
