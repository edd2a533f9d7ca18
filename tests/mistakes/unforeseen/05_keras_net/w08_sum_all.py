"""w08_sum_all: reduce_sum over everything, then one number for the batch.

question: 05.3
means: no axis: sum over the examples too
cause: missing-mean
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    def loss(Y, Y_hat):
        return tf.reduce_sum(tf.square(Y - Y_hat))

    model.compile(optimizer=keras.optimizers.SGD(learning_rate=learning_rate), loss=loss)
