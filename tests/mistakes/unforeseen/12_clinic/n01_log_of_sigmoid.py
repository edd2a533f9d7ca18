"""n01_log_of_sigmoid: the logarithm of the sigmoid, as the formula of the lecture has it.

question: 12.11
means: infinite or NaN for large logits
cause: not-finite, unstable
"""

import tensorflow as tf


def several_losses(Z, Y):
    answered = ~tf.math.is_nan(Y)
    labels = tf.where(answered, Y, 0.0)
    P = tf.sigmoid(Z)
    cost = tf.where(answered, -(labels * tf.math.log(P) + (1 - labels) * tf.math.log(1 - P)), 0.0)
    count = tf.reduce_sum(tf.cast(answered, tf.float32), axis=0)
    return tf.reduce_sum(cost, axis=0) / tf.maximum(count, 1.0)
