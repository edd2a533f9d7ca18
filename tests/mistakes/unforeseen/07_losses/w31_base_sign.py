"""w31_base_sign: minus sign forgotten: 1/b.

question: 07.9
means: sign
cause: sign
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def logarithm_base(probability, loss):
    return math.exp(math.log(probability) / loss)
