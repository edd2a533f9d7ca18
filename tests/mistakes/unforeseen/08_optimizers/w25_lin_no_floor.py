"""w25_lin_no_floor: goes on below 0.

question: 08.9
means: no max
cause: missing-function, one-case, sign
"""
import math

import numpy as np
import tensorflow as tf


def linear_decay(learning_rate, step, total):
    return learning_rate - learning_rate * step / total
