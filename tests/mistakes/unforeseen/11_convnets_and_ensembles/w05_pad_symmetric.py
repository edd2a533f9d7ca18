"""w05_pad_symmetric: the same number on both sides, rounded up.

question: 11.3
means: symmetric padding, as in PyTorch
cause: rounding
"""
import math

import keras
import numpy as np
import tensorflow as tf


def same_padding(size, kernel, stride):
    n = -(-size // stride)
    total = max((n - 1) * stride + kernel - size, 0)
    return (total + 1) // 2, (total + 1) // 2
