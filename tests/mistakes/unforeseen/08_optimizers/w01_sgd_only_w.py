"""w01_sgd_only_w: only the weight called W is moved, b is handed back.

question: 08.1
means: the second weight is forgotten
cause: missing-step, not-used, incomplete, missing-term
"""
import math

import numpy as np
import tensorflow as tf


def sgd(w, g, state, learning_rate):
    new = dict(w)
    new["W"] = w["W"] - learning_rate * g["W"]
    return new, state
