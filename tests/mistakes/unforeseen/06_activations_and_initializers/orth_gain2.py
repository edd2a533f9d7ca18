"""orth_gain2: gain inside as sqrt: columns have length sqrt(gain).

question: 06.12
means: thinks W^T W = gain I
cause: distribution
"""
import math

import keras
import numpy as np
import tensorflow as tf


def orthogonal(n, m, seed, gain=1.0):
    A = tf.random.stateless_normal((max(n, m), min(n, m)), (seed, 0))
    Q, _ = tf.linalg.qr(A)
    if n < m:
        Q = tf.transpose(Q)
    return math.sqrt(gain) * Q
