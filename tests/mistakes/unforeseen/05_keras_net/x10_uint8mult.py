"""x10_uint8mult: images divided in place

question: 05.7
means: in-place division of a view
right: it divides a copy
"""
import keras
import numpy as np
import tensorflow as tf


def prepare(images, labels, k):
    X = np.asarray(images, dtype=np.float32).reshape(len(images), -1)
    X /= 255
    return X, (np.asarray(labels)[:, None] == np.arange(k)).astype(np.float32)
