"""w02_size_two_p: the textbook formula (n + 2p - k) / s + 1 with p = (k - 1) / 2.

question: 11.1
means: a formula from the web
cause: rounding, parentheses, off-by-one
"""
import math

import keras
import numpy as np
import tensorflow as tf


def output_size(size, kernel, stride, padding):
    p = (kernel - 1) // 2 if padding == "same" else 0
    return (size + 2 * p - kernel) // stride + 1
