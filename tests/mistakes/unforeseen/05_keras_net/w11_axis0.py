"""w11_axis0: sum over axis 0.

question: 05.3
means: wrong axis
cause: wrong-count
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    def squared(Y, Y_hat):
        return tf.reduce_sum((Y - Y_hat) ** 2, axis=0)

    model.compile(keras.optimizers.SGD(learning_rate), squared)
