"""w12_momentum_len: mse times k with the k from a fixed number, momentum 0.9.

question: 05.3
means: hard-coded outputs, and momentum
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    def loss(Y, Y_hat):
        return 2 * keras.losses.mean_squared_error(Y, Y_hat)

    model.compile(keras.optimizers.SGD(learning_rate, momentum=0.9), loss)
