"""w01_size_round: the places are rounded to the nearest number.

question: 11.1
means: division of floats
cause: rounding
"""
import math

import keras
import numpy as np
import tensorflow as tf


def output_size(size, kernel, stride, padding):
    if padding == "same":
        return round(size / stride)
    return round((size - kernel) / stride) + 1
