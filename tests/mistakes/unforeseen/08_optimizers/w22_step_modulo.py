"""w22_step_modulo: the rate is multiplied only in the epochs that are multiples.

question: 08.7
means: if epoch % every == 0
cause: comparison, one-case, other-function, not-used
"""
import math

import numpy as np
import tensorflow as tf


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    epoch = step // steps_per_epoch
    if epoch > 0 and epoch % every == 0:
        return learning_rate * factor
    return learning_rate
