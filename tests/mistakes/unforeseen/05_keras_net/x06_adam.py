"""x06_adam: Adam

question: 05.3
means: other optimizer
cause: other-function
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    model.compile(keras.optimizers.Adam(learning_rate), lambda Y, Y_hat: tf.reduce_sum((Y - Y_hat) ** 2, axis=-1))
