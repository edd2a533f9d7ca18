"""lsuv_rms: root mean square instead of standard deviation (mean not subtracted).

question: 06.14
means: rms for std
cause: other-function
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
        Z = H @ layer.kernel
        s = float(tf.sqrt(tf.reduce_mean(Z**2)))
        layer.kernel.assign(layer.kernel / s)
        out.append(s)
        H = layer(H)
    return out
