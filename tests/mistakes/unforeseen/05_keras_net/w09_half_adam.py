"""w09_half_adam: one half in front of the loss, and Adam.

question: 05.3
means: lecture on backprop uses 1/2; Adam from the web
cause: factor-half
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    def loss(Y, Y_hat):
        return 0.5 * tf.reduce_sum(tf.square(Y - Y_hat), axis=-1)

    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=loss)
