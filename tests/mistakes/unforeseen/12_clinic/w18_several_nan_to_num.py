"""w18_several_nan_to_num: turns missing answers into noes.

question: 12.11
means: missing answers count as noes
cause: missing-step, wrong-count
"""
import math

import numpy as np
import tensorflow as tf


def several_losses(Z, Y):
    Y = tf.where(tf.math.is_nan(Y), tf.zeros_like(Y), Y)
    return tf.reduce_mean(Y * tf.nn.softplus(-Z) + (1 - Y) * tf.nn.softplus(Z), axis=0)
