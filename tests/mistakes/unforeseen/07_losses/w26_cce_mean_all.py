"""w26_cce_mean_all: mean over examples and classes.

question: 07.7
means: divides by k too
cause: mean-over-outputs
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def categorical_cross_entropy(Z, Y):
    return -tf.reduce_mean(Y * tf.nn.log_softmax(Z))
