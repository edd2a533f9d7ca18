"""w06_pad_half_kernel: half of the filter on both sides.

question: 11.3
means: the rule for stride 1
cause: not-used
"""
import math

import keras
import numpy as np
import tensorflow as tf


def same_padding(size, kernel, stride):
    return (kernel - 1) // 2, kernel // 2
