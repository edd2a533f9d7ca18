"""w36_scale_root: the square root rule.

question: 08.14
means: sqrt
cause: extra-function, exponent
"""
import math

import numpy as np
import tensorflow as tf


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return learning_rate * math.sqrt(batch_size / old_batch_size)
