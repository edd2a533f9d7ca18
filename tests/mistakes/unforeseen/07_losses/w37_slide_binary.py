"""w37_slide_binary: the binary formula with both terms.

question: 07.10
means: also the wrong classes pay
cause: extra-term
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def slide_cross_entropy(P, Y):
    yes = tf.math.log(tf.maximum(P, EPSILON))
    no = tf.math.log(tf.maximum(1 - P, EPSILON))
    return -tf.reduce_mean(tf.reduce_sum(Y * yes + (1 - Y) * no, axis=1))
