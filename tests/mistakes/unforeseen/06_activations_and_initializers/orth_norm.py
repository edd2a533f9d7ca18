"""orth_norm: columns normalised to length one, not orthogonal.

question: 06.12
means: normalisation instead of QR
cause: distribution
"""
import math

import keras
import numpy as np
import tensorflow as tf


def orthogonal(n, m, seed, gain=1.0):
    A = tf.random.stateless_normal((n, m), (seed, 0))
    return gain * A / tf.norm(A, axis=0, keepdims=True)
