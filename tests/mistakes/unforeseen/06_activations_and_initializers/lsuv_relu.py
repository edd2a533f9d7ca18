"""lsuv_relu: std of layer output (after activation).

question: 06.14
means: layer(H) includes the activation
cause: extra-activation
"""
import math

import keras
import numpy as np
import tensorflow as tf


def lsuv(model, batch):
    out = []
    H = batch
    for layer in model.layers:
        layer.bias.assign(tf.zeros_like(layer.bias))
        s = float(tf.math.reduce_std(layer(H)))
        layer.kernel.assign(layer.kernel / s)
        out.append(s)
        H = layer(H)
    return out
