"""w28_inv_slide: as on the slide, with an if for step 0.

question: 08.10
means: rate / sqrt(t)
cause: missing-term, not-used, off-by-one, exponent
"""
import math

import numpy as np
import tensorflow as tf


def inverse_sqrt(learning_rate, step, every):
    if step == 0:
        return learning_rate
    return learning_rate / math.sqrt(step / every)
