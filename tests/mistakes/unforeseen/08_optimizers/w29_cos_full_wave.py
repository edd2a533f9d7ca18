"""w29_cos_full_wave: a whole wave: the rate comes up again.

question: 08.11
means: 2 pi
cause: factor-two, constant
"""
import math

import numpy as np
import tensorflow as tf


def cosine_decay(learning_rate, step, total):
    if step > total:
        return 0.0
    return 0.5 * learning_rate * (1 + math.cos(2 * math.pi * step / total))
