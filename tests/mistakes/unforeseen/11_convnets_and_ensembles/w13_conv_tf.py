"""w13_conv_tf: TensorFlow's own convolution.

question: 11.4
means: why write it
cause: raises
"""
import math

import keras
import numpy as np
import tensorflow as tf


def conv2d(X, W, b, stride, padding):
    return tf.nn.conv2d(X, W, stride, padding.upper()) + b
