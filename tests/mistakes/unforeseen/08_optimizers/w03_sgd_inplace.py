"""w03_sgd_inplace: w itself is updated and handed back.

question: 08.1
means: mutates the dict it was given
cause: changes-argument, no-copy
"""
import math

import numpy as np
import tensorflow as tf


def sgd(w, g, state, learning_rate):
    for key in w:
        w[key] = w[key] - learning_rate * g[key]
    return w, state
