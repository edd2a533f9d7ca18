"""w30_cos_no_end: the wave rises beyond total.

question: 08.11
means: no min
cause: missing-function, epsilon, one-case
"""
import math

import numpy as np
import tensorflow as tf


def cosine_decay(learning_rate, step, total):
    return learning_rate * 0.5 * (1 + np.cos(np.pi * step / total))
