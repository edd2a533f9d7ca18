"""w33_base_guess: returns the nearest of 2, e, 10.

question: 07.9
means: table of known answers
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def logarithm_base(probability, loss):
    return min([2.0, math.e, 10.0], key=lambda b: abs(-math.log(probability) / math.log(b) - loss))
