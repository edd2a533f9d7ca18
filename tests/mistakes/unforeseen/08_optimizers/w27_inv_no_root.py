"""w27_inv_no_root: 1 / (1 + t).

question: 08.10
means: root is missing
cause: missing-function, exponent
"""
import math

import numpy as np
import tensorflow as tf


def inverse_sqrt(learning_rate, step, every):
    return learning_rate / (1 + step / every)
