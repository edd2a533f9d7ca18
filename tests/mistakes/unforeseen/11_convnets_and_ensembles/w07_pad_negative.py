"""w07_pad_negative: no limit at 0.

question: 11.3
means: strides larger than filters forgotten
cause: missing-function
"""
import math

import keras
import numpy as np
import tensorflow as tf


def same_padding(size, kernel, stride):
    n = math.ceil(size / stride)
    total = (n - 1) * stride + kernel - size
    left = total // 2
    return left, total - left
