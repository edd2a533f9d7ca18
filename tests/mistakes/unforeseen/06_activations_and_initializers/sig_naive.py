"""sig_naive: naive formula e^z/(1+e^z), NaN at 1000.

question: 06.1
means: overflow, inf over inf
cause: not-finite
"""
import math

import keras
import numpy as np
import tensorflow as tf


def sigmoid(Z):
    H = tf.exp(Z) / (1 + tf.exp(Z))
    return H, H * (1 - H)
