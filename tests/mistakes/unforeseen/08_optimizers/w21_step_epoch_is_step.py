"""w21_step_epoch_is_step: every is counted in steps, not in epochs.

question: 08.7
means: steps_per_epoch not used
cause: not-used, missing-factor, exponent
"""
import math

import numpy as np
import tensorflow as tf


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    return learning_rate * factor ** (step // every)
