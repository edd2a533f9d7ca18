"""lsuv_before: H of the next layer computed before the kernel is divided.

question: 06.14
means: stale H
cause: order
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
        s = float(tf.math.reduce_std(Z))
        H = layer(H)
        layer.kernel.assign(layer.kernel / s)
        out.append(s)
    return out
