"""z23_inverse_sqrt_tensor: computes with tf.sqrt and returns a tensor instead of a float.

question: 08.10
means: returns a float32 tensor
cause: kind, dtype
"""

import tensorflow as tf


def inverse_sqrt(learning_rate, step, every):
    return learning_rate / tf.sqrt(1.0 + step / every)
