"""w32_base_lnb: gives ln b, not b.

question: 07.9
means: exponential forgotten
cause: missing-function
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def logarithm_base(probability, loss):
    return -math.log(probability) / loss
