"""w21_weights_two_classes: scales so that both weights of a label are 1 on average.

question: 12.12
means: other weights
cause: other-function, not-finite
"""
import math

import numpy as np
import tensorflow as tf


def label_weights(Y):
    pos = Y.sum(axis=0)
    neg = len(Y) - pos
    return len(Y) / (2 * pos), len(Y) / (2 * neg)
