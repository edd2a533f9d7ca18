"""w03_counts_depth: the depth of the filters is forgotten.

question: 11.2
means: a filter is 5 by 5
cause: missing-factor
"""
import math

import keras
import numpy as np
import tensorflow as tf


def layer_counts(shape, kernel, filters, stride, padding):
    height, width, channels = shape
    return {
        "height": output_size(height, kernel, stride, padding),
        "width": output_size(width, kernel, stride, padding),
        "depth": filters,
        "products": kernel**2,
        "parameters": filters * kernel**2 + filters,
    }
