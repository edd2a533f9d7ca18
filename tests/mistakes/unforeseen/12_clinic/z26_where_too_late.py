"""z26_where_too_late: Computes with NaN first and hides the result with tf.where, so the slope is NaN.

question: 12.11
means: NaN masked after computing
cause: not-finite, order
"""

import tensorflow as tf


def several_losses(Z, Y):
    answered = tf.logical_not(tf.math.is_nan(Y))
    losses = tf.nn.softplus(Z) - Y * Z
    losses = tf.where(answered, losses, tf.zeros_like(losses))
    n = tf.reduce_sum(tf.cast(answered, tf.float32), axis=0)
    return tf.math.divide_no_nan(tf.reduce_sum(losses, axis=0), n)
