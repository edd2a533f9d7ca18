"""x09_float64: X float64

question: 05.7
means: dtype forgotten
cause: dtype
"""
import keras
import numpy as np
import tensorflow as tf


def prepare(images, labels, k):
    return images.reshape(len(images), -1) / 255, np.eye(k)[labels]
