"""w04_sgd_no_state: the new weights alone are returned.

question: 08.1
means: state is not returned
cause: kind, returned-swapped, shape
"""
import math

import numpy as np
import tensorflow as tf


def sgd(w, g, state, learning_rate):
    return {k: w[k] - learning_rate * g[k] for k in w}
