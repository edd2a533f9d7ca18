"""w24_exp_floor: with whole stairs.

question: 08.8
means: // for /
cause: rounding, exponent
"""
import math

import numpy as np
import tensorflow as tf


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * factor ** (step // every)
