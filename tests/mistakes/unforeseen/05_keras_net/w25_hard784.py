"""w25_hard784: hard-coded 784 and 10 through to_categorical without k.

question: 05.7
means: hard-coded sizes, classes counted in the batch
cause: shape
"""
import keras
import numpy as np
import tensorflow as tf


def prepare(images, labels, k):
    X = images.reshape(images.shape[0], -1) / 255.0
    Y = keras.utils.to_categorical(labels)
    return X.astype("float32"), Y.astype("float32")
