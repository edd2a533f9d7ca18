"""w27_inplace_div: flatten column by column, integer division, float64 targets.

question: 05.7
means: order F, //, float64
cause: rounding
"""
import keras
import numpy as np
import tensorflow as tf


def prepare(images, labels, k):
    X = images.reshape(len(images), -1, order="F") // 255
    Y = np.eye(k)[labels]
    return X.astype(np.float32), Y
