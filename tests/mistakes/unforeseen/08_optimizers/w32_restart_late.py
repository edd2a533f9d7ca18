"""w32_restart_late: a period begins one step late.

question: 08.12
means: > for >=
cause: comparison, off-by-one
"""
import math

import numpy as np
import tensorflow as tf


def cosine_restarts(learning_rate, step, period, growth):
    start, length = 0, period
    while step > start + length:
        start += length
        length *= growth
    return learning_rate * (1 + math.cos(math.pi * (step - start) / length)) / 2
