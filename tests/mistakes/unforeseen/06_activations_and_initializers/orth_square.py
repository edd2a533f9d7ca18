"""orth_square: square QR and cut: tall slice of wide matrix Q[:n,:m] of an n x n matrix.

question: 06.12
means: QR of square n x n then slice/pad; fails for wide
cause: shape
"""
import math

import keras
import numpy as np
import tensorflow as tf


def orthogonal(n, m, seed, gain=1.0):
    A = tf.random.stateless_normal((n, m), (seed, 0))
    Q, R = tf.linalg.qr(A, full_matrices=True)
    return gain * Q[:, :m]
