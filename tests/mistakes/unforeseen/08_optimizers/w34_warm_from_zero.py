"""w34_warm_from_zero: step 0 has rate 0.

question: 08.13
means: step / steps
cause: off-by-one, missing-term, exponent
"""
import math

import numpy as np
import tensorflow as tf


def warmup(learning_rate, step, steps):
    if step < steps:
        return learning_rate * step / steps
    return learning_rate
