"""w26_max: divides by the largest pixel of the batch.

question: 05.7
means: min-max scaling from another lecture
cause: wrong-source
"""
import keras
import numpy as np
import tensorflow as tf


def prepare(images, labels, k):
    X = images.astype(np.float32).reshape(len(images), -1)
    X = X / X.max()
    Y = np.zeros((len(labels), k), np.float32)
    Y[np.arange(len(labels)), labels] = 1
    return X, Y
