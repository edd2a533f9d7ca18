"""w04_counts_per_map: the products of all outputs are counted.

question: 11.2
means: cost of the layer, not of one number
cause: wrong-count
"""
import math

import keras
import numpy as np
import tensorflow as tf


def layer_counts(shape, kernel, filters, stride, padding):
    height = output_size(shape[0], kernel, stride, padding)
    width = output_size(shape[1], kernel, stride, padding)
    return {
        "height": height,
        "width": width,
        "depth": filters,
        "products": height * width * filters * kernel * kernel * shape[2],
        "parameters": filters * (kernel * kernel * shape[2] + 1),
    }
