"""w26_lin_last_step: the last step before total has rate 0.

question: 08.9
means: total - 1
cause: off-by-one
"""
import math

import numpy as np
import tensorflow as tf


def linear_decay(learning_rate, step, total):
    return max(0.0, learning_rate * (1 - step / (total - 1)))
