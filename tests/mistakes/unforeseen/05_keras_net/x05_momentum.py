"""x05_momentum: momentum 0.9

question: 05.3
means: option copied from the web
cause: extra-term
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    model.compile(keras.optimizers.SGD(learning_rate, momentum=0.9), lambda Y, Y_hat: tf.reduce_sum((Y - Y_hat) ** 2, axis=-1))
