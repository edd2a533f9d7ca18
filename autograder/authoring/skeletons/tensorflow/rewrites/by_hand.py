"""Right, and written otherwise: `autograder try 00_name` demands full marks on every seed."""

import tensorflow as tf


def slope(X, y, w):
    errors = tf.linalg.matvec(X, w) - y
    return 2 * tf.linalg.matvec(X, errors, transpose_a=True) / len(y)
