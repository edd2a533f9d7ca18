"""w23_exp_euler: e to the minus factor times t.

question: 08.8
means: exp(-k t)
cause: other-function, exponent
"""
import math

import numpy as np
import tensorflow as tf


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * math.exp(-factor * step / every)
